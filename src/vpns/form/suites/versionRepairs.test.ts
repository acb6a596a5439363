import { expect, test } from 'vitest';
import { parseProposal } from '../../../../contract/proposals.ts';
import { repaired, versionRepairs } from './versionRepairs.ts';

const mended = (suites: readonly string[], phase: 'ike' | 'esp') =>
  repaired(suites, versionRepairs(suites, phase, 1));

test('what IKEv1 can’t carry is replaced by the nearest, and the rest stays', () => {
  const ike = ['aes256gcm16-prfsha384-ecp384', 'aes256-sha256-modp2048'];
  expect(versionRepairs(ike, 'ike', 1)).toEqual([{ index: 0, from: ike[0], to: 'aes256-sha384-ecp384' }]);
  expect(mended(ike, 'ike')).toEqual(['aes256-sha384-ecp384', 'aes256-sha256-modp2048']);
  expect(mended(['aes256gcm16-ecp384'], 'esp')).toEqual(['aes256gcm16-ecp384']);
  expect(mended(['aes256-sha256-modp2048-none'], 'esp')).toEqual(['aes256-sha256-modp2048']);
});

test('two that become the same come once', () => {
  const suites = ['aes256gcm16-prfsha256-modp2048', 'aes256-sha256-modp2048'];
  expect(mended(suites, 'ike')).toEqual(['aes256-sha256-modp2048']);
});

test('what is wrong in both versions is left to its own row', () => {
  expect(versionRepairs(['aes256-foo', 'modp2048'], 'ike', 1)).toEqual([]);
});

test('what takes the place is accepted', () => {
  for (const text of ['chacha20poly1305-curve25519', 'camellia256ctr-sha256', 'aes128-aes256-sha256']) {
    for (const suite of mended([text], 'esp')) expect(parseProposal(suite, 'esp', 1).ok, suite).toBe(true);
  }
});
