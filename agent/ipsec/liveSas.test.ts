import { expect, test } from 'vitest';
import { guideVpn } from './desiredVpn.testing.ts';
import { liveSasOf } from './liveSas.ts';
import { messageOf } from './vici/section.ts';
import { readIkeSas } from './vici/sas.ts';

const vpn = guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] });

const child = (name: string, state: string, remote: string) => ({
  name,
  uniqueid: '1',
  state,
  'bytes-in': '7',
  'encr-alg': 'AES_CBC',
  'encr-keysize': '256',
  'integ-alg': 'HMAC_SHA2_256_128',
  'remote-ts': [remote],
});

const listed = (children: Record<string, ReturnType<typeof child>>) =>
  readIkeSas(
    messageOf({
      vpn_guide: {
        uniqueid: '3',
        version: '1',
        state: 'ESTABLISHED',
        established: '12',
        'local-vips': ['10.200.0.1'],
        'child-sas': children,
      },
    }),
  );

test('children that carry traffic count, also while they are replaced', () => {
  const live = liveSasOf(
    vpn,
    listed({
      'net0-1': child('net0', 'REKEYED', '10.250.0.0/24'),
      'net0-2': child('net0', 'INSTALLED', '10.250.0.0/24'),
      'net1-3': child('net1', 'DELETED', '10.251.0.0/24'),
    }),
  );
  expect(live.children.map(({ state }) => state)).toEqual(['REKEYED', 'INSTALLED']);
  expect(live).toMatchObject({
    virtualIps: ['10.200.0.1'],
    remoteSubnets: ['10.250.0.0/24'],
    missingSubnets: ['10.251.0.0/24'],
  });
  expect(live.children[0]?.suite).toBe('AES_CBC-256/HMAC_SHA2_256_128');
});

test('other connections’ SAs don’t', () => {
  const live = liveSasOf(
    guideVpn({ id: 'vpn_other' }),
    listed({ a: child('net0', 'INSTALLED', '10.250.0.0/24') }),
  );
  expect(live).toMatchObject({ ike: [], children: [], missingSubnets: ['10.250.0.0/24'] });
});
