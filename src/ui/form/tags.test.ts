import { expect, test } from 'vitest';
import { matching, splitTags } from './tags.ts';

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

const suites = [
  { value: 'aes256-sha256-modp2048', detail: 'AES-256 CBC, SHA-256, DH group 14' },
  { value: 'aes256gcm16-prfsha384-ecp384', detail: 'AES-256 GCM, ECP 384' },
];

test('suggestions are found by keyword and by description, without those chosen already', () => {
  expect(matching(suites, 'group 14', [])).toEqual([suites[0]]);
  expect(matching(suites, 'AES256', [])).toEqual(suites);
  expect(matching(suites, 'aes256', ['aes256-sha256-modp2048'])).toEqual([suites[1]]);
  expect(matching(suites, 'chacha', [])).toEqual([]);
});
