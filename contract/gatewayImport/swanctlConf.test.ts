import { describe, expect, test } from 'vitest';
import { connectionOf, imported, lineOf, swanctl } from './imported.testing.ts';

const office = `
# The office
connections {
  office {
    version = 2
    local_addrs  = 1.2.3.4
    remote_addrs = %any
    proposals = aes256-sha256-modp2048, aes256gcm16-prfsha384-ecp384
    pools = replicas
    encap = yes
    unique = never
    rekey_time = 4h
    dpd_delay = 40s
    local-1 {
      auth = psk
      id = @vpn.example.com
    }
    remote { auth = psk  # anybody
    }
    children {
      lan { local_ts = 10.1.0.0/16, 10.2.0.0/16
        esp_proposals = aes256gcm16-ecp384
        life_time = 1h
        updown = /usr/local/bin/updown }
    }
  }
}
pools { replicas { addrs = 10.200.0.0/24 } }
secrets { ike-office { id-1 = vpn.example.com
  secret = "a \\"key\\" # of } 24 characters" } }
`;

test('a connection with all that belongs to it', () => {
  expect(imported(office).format).toBe('swanctl.conf');
  expect(connectionOf(office)).toEqual({
    name: 'office',
    settings: {
      name: 'office',
      ike: {
        version: 2,
        lifetimeSeconds: 15_840,
        proposals: ['aes256-sha256-modp2048', 'aes256gcm16-prfsha384-ecp384'],
      },
      esp: { lifetimeSeconds: 3600, proposals: ['aes256gcm16-ecp384'] },
      peerIp: '1.2.3.4',
      peerId: 'vpn.example.com',
      peerSubnets: ['10.1.0.0/16', '10.2.0.0/16'],
      udpEncapsulation: true,
      dpdDelaySeconds: 40,
    },
    pool: '10.200.0.0/24',
    preSharedKey: 'a "key" # of } 24 characters',
    missing: [],
  });
  expect(lineOf(office, 'updown').verdict).toBe('ignored');
});

test('every line that sets something has a verdict', () => {
  const { lines } = imported(office);
  expect(lines.filter(({ text, verdict }) => /^[^#]*=/.test(text) && verdict === null)).toEqual([]);
});

describe('the form of the file', () => {
  test('one line is enough, and braces may stand on a line of their own', () => {
    const short = 'connections { a { version=1\n local { auth=psk } remote { auth=psk } } }';
    expect(connectionOf(short).settings.ike?.version).toBe(1);
    expect(connectionOf(short.replaceAll(' {', '\n{')).settings.ike?.version).toBe(1);
  });

  test('references take over what isn’t said, sections inside too; the first counts most', () => {
    const text = `one { version = 1
  dpd_delay = 10
  local { auth = psk } }
two { dpd_delay = 20
  encap = yes
  children { lan { local_ts = 10.1.0.0/16 } } }
connections { office : one, two { version = 2
  children { lan { esp_proposals = aes256-sha256 } } } }`;
    expect(connectionOf(text).settings).toMatchObject({
      ike: { version: 2 },
      esp: { proposals: ['aes256-sha256'] },
      dpdDelaySeconds: 10,
      udpEncapsulation: true,
      peerSubnets: ['10.1.0.0/16'],
    });
  });

  test.each([
    [
      'a reference to nothing',
      'connections { a : base { version = 2 } }',
      'connections',
      'There is no section base in this text.',
    ],
    [
      'an included file',
      `include conf.d/*.conf\n${swanctl('')}`,
      'include',
      'Included files aren’t read. Paste what is in them as well.',
    ],
    ['a brace too many', `${swanctl('')}\n}`, '}', undefined],
    [
      'an open quote',
      swanctl('proposals = "aes256'),
      'proposals',
      'A double quote isn’t closed, so the gateway doesn’t take the file.',
    ],
    ['a word alone', swanctl('hello'), 'hello', 'Neither a setting nor a section.'],
    [
      'an unknown setting',
      swanctl('colour = green'),
      'colour',
      'Not a setting of a connection that is known here.',
    ],
  ])('%s is said', (_, text, start, note) => {
    const lines = imported(text).lines.filter((line) => line.text.trim().startsWith(start));
    expect(lines.some(({ verdict }) => verdict === 'refused' || verdict === 'unknown')).toBe(true);
    if (note !== undefined) expect(lines.map((line) => line.note).join()).toContain(note);
  });

  test('sections that refer to each other end', () => {
    const text = 'connections { a : connections.b { version = 1 } b : connections.a { encap = yes } }';
    expect(imported(text).connections.map(({ settings }) => settings.ike?.version)).toEqual([1, 1]);
  });

  test('a section that comes again goes on, and its last setting counts', () => {
    const text = `${swanctl('dpd_delay = 10')}\n${swanctl('dpd_delay = 20')}`;
    expect(connectionOf(text).settings.dpdDelaySeconds).toBe(20);
  });

  test('connections without the section around them are found', () => {
    expect(connectionOf('office { version = 1\n children { lan { } } }').name).toBe('office');
  });
});

describe('durations', () => {
  test.each([
    ['life_time = 1h', 3600, 'understood'],
    ['life_time = 010h', 28_800, 'mapped'],
    ['life_time = 0x10h', 57_600, 'mapped'],
    ['life_time = 1.5h', undefined, 'refused'],
    ['life_time = 1h30m', undefined, 'refused'],
    ['life_time = 1w', undefined, 'refused'],
    ['life_time = 60', undefined, 'refused'],
    ['rekey_time = 1h', 3960, 'mapped'],
    ['rekey_time = 0s', undefined, 'fixed'],
  ])('a child’s %s: %s seconds', (setting, seconds, verdict) => {
    const text = swanctl('', `\n${setting}\n`);
    expect(connectionOf(text).settings.esp?.lifetimeSeconds).toBe(seconds);
    expect(lineOf(text, setting).verdict).toBe(verdict);
  });

  test.each([
    ['rekey_time = 1h', 3960],
    ['rekey_time = 1h\nover_time = 10m', 4200],
    ['rekey_time = 1h\nover_time = 0', 3600],
    ['reauth_time = 2h', 7920],
    ['rekey_time = 0\nreauth_time = 2h', 7920],
    ['rekey_time = 0', undefined],
    ['rekey_time = 23h', undefined],
    ['over_time = 10m', undefined],
  ])('a connection’s %j: %s seconds', (settings, seconds) => {
    expect(connectionOf(swanctl(settings)).settings.ike?.lifetimeSeconds).toBe(seconds);
  });
});

test('“!” belongs in ipsec.conf', () => {
  const text = swanctl('proposals = aes256-sha256-modp2048!');
  expect(connectionOf(text).settings.ike).toEqual({ version: 2 });
  expect(lineOf(text, 'proposals').note).toContain('belongs in ipsec.conf only');
});

test('the file of a machine that connects has its gateway as remote', () => {
  const text = swanctl('vips = 0.0.0.0\nremote_addrs = 1.2.3.4', 'remote_ts = 10.1.0.0/16');
  expect(connectionOf(text).settings).toMatchObject({ peerIp: '1.2.3.4', peerSubnets: ['10.1.0.0/16'] });
  expect(lineOf(text, 'vips').note).toContain('what it calls remote is the gateway');
});

test('several children give their subnets together; where they differ otherwise, the first counts', () => {
  const text = `connections { office { children {
    a { local_ts = 10.1.0.0/16
        esp_proposals = aes256-sha256 }
    b { local_ts = 10.2.0.0/16
        esp_proposals = aes128-sha256 } } } }`;
  expect(connectionOf(text).settings).toMatchObject({
    peerSubnets: ['10.1.0.0/16', '10.2.0.0/16'],
    esp: { proposals: ['aes256-sha256'] },
  });
  expect(lineOf(text, 'esp_proposals = aes128').verdict).toBe('refused');
});

test.each([
  ['mode = transport', 'refused'],
  ['updown = /bin/sh', 'ignored'],
  ['ah_proposals = sha256', 'refused'],
  ['ipcomp = yes', 'refused'],
  ['remote_ts = dynamic', 'fixed'],
  ['remote_ts = 10.9.0.0/16', 'refused'],
])('a child’s %s: %s', (setting, verdict) => {
  expect(lineOf(swanctl('', `\n${setting}\n`), setting).verdict).toBe(verdict);
});

test.each(['pubkey', 'eap-mschapv2', 'xauth'])('auth = %s is refused', (auth) => {
  const text = `connections { office {\n local {\n auth = ${auth}\n } remote { auth = psk } } }`;
  expect(lineOf(text, 'auth').verdict).toBe('refused');
  expect(lineOf(text, 'connections').note).toContain('certificates are expected');
});
