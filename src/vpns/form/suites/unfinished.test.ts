import { expect, test } from 'vitest';
import { parseProposal } from '../../../../contract/proposals.ts';
import { isUnfinished } from './unfinished.ts';

test.each([
  ['a', true],
  ['aes256', true],
  ['aes256-', true],
  ['aes256-sh', true],
  ['aes256-sha256-modp20', true],
  ['aes256-sha3', true],
  ['aes256-sha3-', false],
  ['aes256-sha3-m', false],
  ['aes256-foo', false],
  ['AES', false],
  ['aes256-sha256-mlkem768', false],
])('%j may still become a suite: %s', (text, expected) => {
  const parsed = parseProposal(text, 'ike', 2);
  expect(!parsed.ok && isUnfinished(text, parsed.refusal)).toBe(expected);
});
