import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVpnName } from '../vpnName.ts';
import { gatewayName } from './gatewayNames.ts';
import { guide, rendered } from './testing/settings.ts';

test('a name that can be written as it is stays as it is', () => {
  expect(gatewayName('office-2', 56)).toBe('culvert-office-2');
  expect(gatewayName('Office', 15)).toBe('culvert-office');
});

test.each([
  ['db.prod', 'db prod', 56],
  ['db.prod', 'db-prod', 56],
  ['東京', '大阪', 56],
  ['東京', 'vpn', 56],
  ['Zürich', 'Zurich', 56],
  ['customer-berlin', 'customer-bern', 15],
  [`${'x'.repeat(60)}a`, `${'x'.repeat(60)}b`, 56],
])('%s and %s have names of their own in %i characters', (one, other, max) => {
  expect(gatewayName(one, max)).not.toBe(gatewayName(other, max));
});

test('a name is the same each time it is generated, however it was typed', () => {
  expect(gatewayName('DB  prod ', 56)).toBe(gatewayName('db prod', 56));
  expect(gatewayName('db prod', 56)).toBe('culvert-db-prod-meko');
});

test('any name is a-z, 0-9 and dashes, and no longer than it may be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(15, 56), (text, max) => {
      const name = gatewayName(text, max);
      expect(name).toMatch(/^culvert-?(?:-[a-z0-9]+)+$/);
      expect(name.length).toBeLessThanOrEqual(max);
      expect(checkVpnName(name).ok).toBe(true);
    }),
  );
});

test('a FortiGate’s phases of two customers have names of their own', () => {
  const phase = (name: string) =>
    /config vpn ipsec phase1-interface\n {4}edit "([^"]+)"/.exec(
      rendered('fortigate', { ...guide, name }),
    )?.[1];
  expect(phase('customer-berlin')).toMatch(/^culvert-cu-[a-z0-9]{4}$/);
  expect(phase('customer-berlin')).not.toBe(phase('customer-bern'));
});
