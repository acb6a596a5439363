import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importGatewayConfig } from './import.ts';
import { conn, connectionOf, imported, lineOf } from './imported.testing.ts';

const guide = readFileSync(new URL('../../e2e/lab/guide-ipsec.conf', import.meta.url), 'utf8');

describe('the VPN guide’s example', () => {
  test('goes in as it is, but for the subnet that would take all traffic', () => {
    expect(connectionOf(guide)).toEqual({
      name: 'workspaces',
      settings: {
        name: 'workspaces',
        ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
        esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
        peerIp: '1.2.3.4',
        peerId: null,
        udpEncapsulation: true,
      },
      pool: '10.200.0.0/24',
      preSharedKey: null,
      missing: [expect.stringMatching(/^Peer subnets: /), expect.stringMatching(/^Pre-shared key: /)],
    });
  });

  test('has a verdict on every line that sets something', () => {
    const { format, lines } = imported(guide);
    expect(format).toBe('ipsec.conf');
    expect(lines.map(({ text }) => text).join('\n')).toBe(guide);
    const settings = lines.filter(({ text }) => text.includes('='));
    expect(settings.filter(({ verdict }) => verdict === null)).toEqual([]);
    expect(settings.filter(({ verdict }) => verdict === 'refused').map(({ text }) => text.trim())).toEqual([
      'leftsubnet=0.0.0.0/0',
    ]);
    expect(lineOf(guide, 'leftsubnet').note).toMatch(/^0\.0\.0\.0\/0 is all traffic/);
  });

  test('is read the same where its indentation got lost, which is said once', () => {
    const flat = guide.replace(/^ +/gm, '');
    expect(connectionOf(flat)).toEqual(connectionOf(guide));
    expect(imported(flat).lines.filter(({ note }) => note?.includes('start with a blank'))).toHaveLength(1);
  });

  test.each([
    ['Windows line ends', guide.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${guide}`],
    ['the blanks of web pages', guide.replaceAll('    ', '\u00a0\u00a0')],
  ])('is read the same with %s', (_, text) => expect(connectionOf(text)).toEqual(connectionOf(guide)));
});

describe('the form of the file', () => {
  test('what a connection takes over counts less than what it says; the last also counts most', () => {
    const text = `conn %default
  dpddelay=40
  ikelifetime=2h
conn a
  ikelifetime=3h
  lifetime=1h
conn b
  lifetime=2h
conn office
  also=a
  also=b
  dpddelay=50
  auto=add`;
    expect(connectionOf(text).settings).toMatchObject({
      ike: { lifetimeSeconds: 10_800 },
      esp: { lifetimeSeconds: 7200 },
      dpdDelaySeconds: 50,
    });
    const { lines } = imported(text);
    expect(lines[1]).toMatchObject({
      verdict: 'ignored',
      note: 'Line 12 says otherwise for its connection.',
    });
  });

  test.each([
    ['also=nowhere', 'There is no conn nowhere in this text.'],
    ['also=office', 'conn office leads back to itself.'],
    ['include /etc/ipsec.d/*.conf', 'Included files aren’t read. Paste what is in them as well.'],
    ['just words', 'No setting: those are written as keyword=value.'],
    ['leftid="gw', 'A double quote isn’t closed, so the gateway doesn’t take the file.'],
    ['colour=green', 'Not a keyword that is known here.'],
  ])('%s: %s', (setting, note) => {
    const line = lineOf(conn(setting), setting);
    expect(line.note).toBe(note);
    expect(['refused', 'unknown']).toContain(line.verdict);
  });

  test('a chain of also without an end is cut', () => {
    const chain = Array.from({ length: 3000 }, (_, at) => `conn c${at}\n  also=c${at + 1}`).join('\n');
    expect(imported(chain).connections.length).toBeGreaterThan(0);
  });

  test('of a setting that comes twice, the last counts; an empty one takes back', () => {
    const text = conn('dpddelay=40', 'dpddelay=50', 'forceencaps=');
    expect(connectionOf(text).settings.dpdDelaySeconds).toBe(50);
    expect(connectionOf(text).settings).not.toHaveProperty('udpEncapsulation');
    expect(lineOf(text, 'dpddelay=40').note).toBe('Line 5 sets it again.');
    expect(lineOf(text, 'forceencaps').verdict).toBe('ignored');
  });

  test('quotes keep blanks and “#”; elsewhere “#” begins a comment', () => {
    const text = conn('leftid="@gw#1"', 'left=1.2.3.4# the router', 'lifetime = 1h   # renewed');
    expect(connectionOf(text).settings).toMatchObject({ peerIp: '1.2.3.4', esp: { lifetimeSeconds: 3600 } });
    expect(lineOf(text, 'leftid').note).toContain('“#”');
  });

  test('several connections are all there to choose from', () => {
    const text = `${conn('left=1.2.3.4')}\n${conn('left=1.2.3.5').replace('office', 'home')}`;
    expect(imported(text).connections.map(({ name, settings }) => [name, settings.peerIp])).toEqual([
      ['office', '1.2.3.4'],
      ['home', '1.2.3.5'],
    ]);
  });
});

describe('the IKE version', () => {
  test.each([
    ['ikev1', 1, 'understood'],
    ['ikev2', 2, 'understood'],
    ['ike', 2, 'mapped'],
    ['ikev3', 2, 'refused'],
  ])('keyexchange=%s: %i, %s', (value, version, verdict) => {
    const text = `conn office\n  keyexchange=${value}`;
    expect(connectionOf(text).settings.ike?.version).toBe(version);
    expect(lineOf(text, 'keyexchange').verdict).toBe(verdict);
  });
});

describe('lifetimes', () => {
  test.each([
    ['3600', 3600],
    ['3600s', 3600],
    ['90m', 5400],
    ['1.5h', 5400],
    ['1d', 86_400],
    ['010m', 600],
    ['0x10', undefined],
    ['1h30m', undefined],
    ['1.5', undefined],
    ['4m', undefined],
    ['25h', undefined],
    ['-1h', undefined],
  ])('ikelifetime=%s: %s seconds', (value, seconds) => {
    const text = conn(`ikelifetime=${value}`);
    expect(connectionOf(text).settings.ike?.lifetimeSeconds).toBe(seconds);
    expect(lineOf(text, 'ikelifetime').verdict).toBe(seconds === undefined ? 'refused' : 'understood');
  });
});

describe('suites', () => {
  test('each is taken or refused by itself, with its reason', () => {
    const text = conn('ike=aes256-sha256-modp2048,aes256-sha256,aes256gcm16-prfsha384-ecp384!');
    expect(connectionOf(text).settings.ike?.proposals).toEqual([
      'aes256-sha256-modp2048',
      'aes256gcm16-prfsha384-ecp384',
    ]);
    const line = lineOf(text, 'ike=');
    expect(line.verdict).toBe('refused');
    expect(line.note).toContain('has no key exchange (DH group)');
  });

  test('without “!”, the line says that the gateway takes others too', () => {
    expect(lineOf(conn('esp=aes256-sha256!'), 'esp').note).toBe(null);
    expect(lineOf(conn('esp=aes256-sha256'), 'esp').note).toMatch(/^Without “!” behind it/);
  });

  test('an alias is mapped', () => {
    const text = conn('esp=aes-sha1!');
    expect(connectionOf(text).settings.esp?.proposals).toEqual(['aes128-sha1']);
    expect(lineOf(text, 'esp')).toMatchObject({ verdict: 'mapped', note: 'Here that is aes128-sha1.' });
  });

  test.each(['esp=null-sha256!', 'esp=aes256!', 'ike=default', 'esp=!', 'ike=aes256-sha256-modp2048 !!'])(
    '%s is refused',
    (setting) => {
      const { ike, esp } = connectionOf(conn(setting)).settings;
      expect([ike?.proposals, esp?.proposals]).toEqual([undefined, undefined]);
      expect(lineOf(conn(setting), setting.slice(0, 4)).verdict).toBe('refused');
    },
  );

  test('suites of IKEv2 are refused for IKEv1', () => {
    const text = conn('ike=aes256gcm16-prfsha384-ecp384!').replace('ikev2', 'ikev1');
    expect(lineOf(text, 'ike=').note).toContain('IKEv1 has no number for it');
  });
});

describe('what is of no concern, or dangerous', () => {
  test.each([
    ['leftupdown=/bin/sh', 'ignored'],
    ['leftcert=gw.pem', 'ignored'],
    ['authby=rsasig', 'refused'],
    ['leftauth=pubkey', 'refused'],
    ['rightauth2=xauth', 'refused'],
    ['type=transport', 'refused'],
    ['aggressive=yes', 'refused'],
    ['aggressive=no', 'fixed'],
    ['compress=yes', 'refused'],
    ['ah=sha256', 'refused'],
    ['auto=ignore', 'refused'],
    ['auto=start', 'ignored'],
    ['margintime=9m', 'ignored'],
    ['mobike=no', 'fixed'],
  ])('%s: %s', (setting, verdict) => {
    expect(lineOf(`conn office\n  ${setting}`, setting).verdict).toBe(verdict);
  });

  test('a connection that signs in with certificates says so at its heading', () => {
    expect(lineOf('conn office\n  left=1.2.3.4', 'conn office')).toMatchObject({
      verdict: 'refused',
      note: expect.stringContaining('expects certificates'),
    });
  });

  test.each([
    ['never', 'fixed'],
    ['yes', 'ignored'],
  ])('uniqueids=%s: %s', (value, verdict) => {
    const text = `config setup\n  uniqueids=${value}\n${conn()}`;
    expect(lineOf(text, 'uniqueids').verdict).toBe(verdict);
  });
});

test.each([
  ['', 'import_empty'],
  ['   \n ', 'import_empty'],
  ['Dear colleagues', 'import_nothing'],
  ['config setup\n  uniqueids=never', 'import_nothing'],
  ['crypto ikev2 proposal X\n encryption aes-cbc-256', 'import_nothing'],
  ['#'.repeat(256 * 1024 + 1), 'import_large'],
  ['ü'.repeat(128 * 1024 + 1), 'import_large'],
  ['\n'.repeat(10_001) + conn(), 'import_large'],
])('%.20j is refused: %s', (text, code) => {
  expect(importGatewayConfig(text)).toMatchObject({ ok: false, refusal: { code } });
});
