import { expect, test } from 'vitest';
import { splitTags } from './tags.ts';

test.each([
  ['10.250.0.0/24', [], ['10.250.0.0/24']],
  [
    '10.0.0.0/8, 10.1.0.0/16;10.2.0.0/16\n10.3.0.0/16\t',
    [],
    ['10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'],
  ],
  [' a a b ', ['b'], ['a']],
  [' ,; ', [], []],
])('%j beside %j gives %j', (text, present, values) => {
  expect(splitTags(text, present)).toEqual(values);
});

test('where blanks belong to values, only commas, semicolons and ends of lines cut', () => {
  expect(splitTags(' staging eu, preview\nlive ', [], { withBlanks: true })).toEqual([
    'staging eu',
    'preview',
    'live',
  ]);
});
