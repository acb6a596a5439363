import { expect, test } from 'vitest';
import { vpnDefaults, type VpnSettings } from '../vpns.ts';
import type { GatewayOptions } from './document.ts';
import { linesText } from './documentText.ts';
import { renderGateway } from './render.ts';

const guide: VpnSettings = {
  ...vpnDefaults,
  name: 'Company data center',
  ike: { ...vpnDefaults.ike, version: 1 },
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
};
const files = (settings: VpnSettings, options?: GatewayOptions) =>
  renderGateway('strongswan-ipsec', settings, options).parts.map((part) =>
    part.kind === 'file' ? part.lines : [],
  );
const lines = (settings: VpnSettings, options?: GatewayOptions) => files(settings, options)[0] ?? [];
const text = (settings: VpnSettings, options?: GatewayOptions) => linesText(lines(settings, options));

test('the guide’s example, exact and for several replicas at once', () => {
  expect(text(guide)).toBe(`config setup
  uniqueids=never

conn culvert-company-data-center-vu65
  keyexchange=ikev1
  type=tunnel
  authby=psk
  forceencaps=yes
  ike=aes256-sha256-modp2048!
  esp=aes256-sha256-modp2048!
  ikelifetime=1h
  lifetime=8h
  left=%defaultroute
  leftid=1.2.3.4
  leftsubnet=10.250.0.0/24
  right=%any
  rightsourceip=10.200.0.0/24
  dpdaction=clear
  dpddelay=30s
  auto=add
`);
});

test('what has to match on both sides is marked', () => {
  const marked = lines(guide)
    .flat()
    .filter((segment) => segment.match)
    .map((segment) => segment.text);
  expect(marked).toEqual(['ikev1', 'aes256-sha256-modp2048!', 'aes256-sha256-modp2048!']);
});

test('several suites and subnets, an identity, a pool, no UDP encapsulation, lifetimes in minutes and seconds', () => {
  const conf = text(
    {
      ...guide,
      ike: {
        version: 2,
        lifetimeSeconds: 5400,
        proposals: ['aes256gcm16-prfsha384-ecp384', 'aes256-sha256-modp2048'],
      },
      esp: { lifetimeSeconds: 3601, proposals: ['aes256gcm16-ecp384'] },
      peerId: 'vpn.example.com',
      peerSubnets: ['10.250.0.0/24', 'FD00::/64'],
      udpEncapsulation: false,
    },
    { pool: '10.201.0.0/16' },
  );
  expect(conf.split('\n')).toEqual(
    expect.arrayContaining([
      '  keyexchange=ikev2',
      '  forceencaps=no',
      '  ike=aes256gcm16-prfsha384-ecp384,aes256-sha256-modp2048!',
      '  esp=aes256gcm16-ecp384!',
      '  ikelifetime=90m',
      '  lifetime=3601s',
      '  leftid=vpn.example.com',
      '  leftsubnet=10.250.0.0/24,fd00::/64',
      '  rightsourceip=10.201.0.0/16,fd00:10:200::/112',
    ]),
  );
  expect(conf).not.toContain('margintime');
});

test('short lifetimes get a margin that leaves time to rekey', () => {
  expect(text({ ...guide, esp: { ...guide.esp, lifetimeSeconds: 900 } })).toContain('\n  margintime=90s\n');
});

test('an empty form shows what is missing', () => {
  const empty: VpnSettings = {
    ...vpnDefaults,
    ike: { version: 2, lifetimeSeconds: Number.NaN, proposals: [] },
    esp: { lifetimeSeconds: 0, proposals: ['aes256'] },
  };
  const missing = lines(empty, { pool: '10.200.0.1/24' })
    .flat()
    .filter((segment) => segment.missing)
    .map((segment) => segment.text);
  expect(missing).toEqual([
    '<IKE cipher suites>',
    '<ESP cipher suites>',
    '<IKE lifetime>',
    '<ESP lifetime>',
    '<peer IP>',
    '<peer subnets>',
    '<address pool>',
  ]);
  expect(text({ ...guide, peerId: 'a"b' })).toContain('  leftid=<peer ID>\n');
  expect(text({ ...guide, peerIp: '1.2.3' })).toContain('  leftid=<peer IP>\n');
});

test('the key has a file of its own, which names the gateway', () => {
  const secrets = (settings: VpnSettings, options?: GatewayOptions) =>
    linesText(files(settings, options)[1] ?? []);
  expect(secrets(guide)).toBe('1.2.3.4 %any : PSK "<pre-shared key>"\n');
  expect(secrets({ ...guide, peerId: 'vpn.example.com' }, { preSharedKey: 'correct-horse' })).toBe(
    'vpn.example.com %any : PSK "correct-horse"\n',
  );
  expect(secrets(guide, { preSharedKey: 'pa"ss #}\' word' })).toBe(
    '1.2.3.4 %any : PSK 0scGEic3MgI30nIHdvcmQ=\n',
  );
});
