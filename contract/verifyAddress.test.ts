import { expect, test } from 'vitest';
import { parseVerifyAddress } from './verifyAddress.ts';

const subnets = ['10.250.0.0/24', 'fd00::/64'];

test.each([
  ['10.250.0.5', '10.250.0.5'],
  [' 10.250.0.255 ', '10.250.0.255'],
  ['FD00::5', 'fd00::5'],
])('%j is inside', (text, canonical) => {
  expect(parseVerifyAddress(text, subnets)).toMatchObject({ ok: true, value: { text: canonical } });
});

test.each([
  [
    '10.251.0.5',
    'address_outside',
    '10.251.0.5 is outside the peer subnets (10.250.0.0/24, fd00::/64), so it isn’t reached through this VPN.',
  ],
  [
    '::10.250.0.5',
    'address_outside',
    '::afa:5 is outside the peer subnets (10.250.0.0/24, fd00::/64), so it isn’t reached through this VPN.',
  ],
  [
    'db.internal',
    'address_name',
    'db.internal is a name, not an IP address. Enter the address as numbers, such as 198.51.100.1.',
  ],
  ['', 'address_empty', 'Enter an IP address.'],
])('%j is refused as %s', (text, code, message) => {
  expect(parseVerifyAddress(text, subnets)).toMatchObject({ ok: false, refusal: { code, message } });
});
