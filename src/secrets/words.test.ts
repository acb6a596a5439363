import { expect, test } from 'vitest';
import { namesInWords } from './words.ts';

test.each([
  [['api-1'], 'api-1'],
  [['api-1', 'api-2'], 'api-1 and api-2'],
  [['api-1', 'api-2', 'api-3'], 'api-1, api-2 and 1 more'],
])('replicas %j are named as “%s”', (names, words) => {
  expect(namesInWords(names)).toBe(words);
});
