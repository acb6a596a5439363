import { describe, expect, test } from 'vitest';
import { checkPool, poolShortage, poolsFor } from './gatewayPool.ts';

const network = { peerIp: '1.2.3.4', peerSubnets: ['10.250.0.0/24', '10.200.0.0/16'] };

describe('a pool', () => {
  test.each(['10.201.0.0/24', ' 10.201.0.0/24 ', '192.168.77.0/28', '100.64.0.0/10'])(
    'of %j is accepted',
    (text) => {
      expect(checkPool(text, network)).toMatchObject({ ok: true, value: { text: text.trim() } });
    },
  );

  test.each([
    ['', 'subnet_empty', undefined],
    ['10.201.0.1/24', 'subnet_host_bits', '10.201.0.0/24'],
    ['0.0.0.0/0', 'full_tunnel', undefined],
    ['10.0.0.0/8', 'pool_overlap', '10.201.0.0/24'],
    ['10.250.0.64/26', 'pool_overlap', '10.201.0.0/24'],
    ['1.2.0.0/16', 'pool_gateway', '10.201.0.0/24'],
    ['169.254.0.0/16', 'pool_local', undefined],
    ['fd00::/64', 'pool_version', '10.201.0.0/24'],
    ['10.201.0.0/24\n auto=start', 'subnet_character', undefined],
  ])('of %j is refused', (text, code, suggestion) => {
    const result = checkPool(text, network);
    expect(result.ok ? undefined : [result.refusal.code, result.refusal.suggestion]).toEqual([
      code,
      suggestion,
    ]);
  });

  test('can have either version where both are behind the gateway, or nothing is known yet', () => {
    const both = { peerIp: '1.2.3.4', peerSubnets: ['10.250.0.0/24', 'fd00:1::/64'] };
    const nothing = { peerIp: '', peerSubnets: [] };
    for (const text of ['10.201.0.0/24', 'fd00:2::/112']) {
      for (const one of [both, nothing]) expect(checkPool(text, one).ok).toBe(true);
    }
  });
});

test.each([
  ['10.201.0.0/30', 2, undefined],
  ['10.201.0.0/30', 3, /^10\.201\.0\.0\/30 has 2 addresses for 3 replicas/],
  ['10.201.0.0/32', 2, /^10\.201\.0\.0\/32 has 1 address for 2 replicas/],
  ['10.201.0.0/24', 254, undefined],
  ['10.201.0.0/24', 255, /has 254 addresses for 255 replicas/],
])('%s for %i replicas', (pool, replicas, words) => {
  const shortage = poolShortage(poolsFor(network, pool), replicas);
  if (words === undefined) expect(shortage).toBeUndefined();
  else expect(shortage).toMatch(words);
});
