import { expect, test } from 'vitest';
import { subnetsInWords } from './subnetsInWords.ts';

test.each([
  [['10.0.0.0/24'], '10.0.0.0/24'],
  [['10.0.0.0/24', '10.1.0.0/24'], '10.0.0.0/24 and 10.1.0.0/24'],
  [['10.0.0.0/24', '10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24'], '10.0.0.0/24, 10.1.0.0/24 and 2 more'],
])('%j in a sentence', (subnets, words) => {
  expect(subnetsInWords(subnets)).toBe(words);
});
