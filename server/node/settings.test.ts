import { describe, expect, test } from 'vitest';
import { readSettings, settingsHelp } from './settings.ts';

const hex = '0f'.repeat(32);

test('nothing given: what a person on their own machine wants', () => {
  expect(readSettings([], { PATH: '/bin' })).toEqual({
    settings: {
      port: 8080,
      host: '127.0.0.1',
      data: './data',
      publicUrl: null,
      secretKey: null,
      admin: null,
      allowPrivatePeers: false,
      allowPrivateIssuers: false,
      portsDomain: 'localhost',
      portsInterstitial: true,
    },
    warnings: [],
  });
});

test('flags and variables mean the same, and a flag wins', () => {
  const { settings } = readSettings(
    ['--port', '9000', '--public-url=https://vpn.example.com/', '--allow-private-peers'],
    {
      CULVERT_PORT: '9001',
      CULVERT_DATA: '/var/lib/culvert',
      CULVERT_SECRET_KEY: hex,
      CULVERT_ADMIN_EMAIL: 'Root@Example.com',
      CULVERT_ADMIN_PASSWORD: 'seven violins under the harbour',
      CULVERT_ADMIN_TOKEN: hex,
      CULVERT_PORTS_DOMAIN: 'Ports.Example.NET.',
      CULVERT_PORTS_INTERSTITIAL: 'off',
      CULVERT_ALLOW_PRIVATE_ISSUERS: 'true',
    },
  );
  expect(settings).toEqual({
    port: 9000,
    host: '127.0.0.1',
    data: '/var/lib/culvert',
    publicUrl: 'https://vpn.example.com',
    secretKey: new Uint8Array(32).fill(15),
    admin: { email: 'root@example.com', password: 'seven violins under the harbour', token: hex },
    allowPrivatePeers: true,
    allowPrivateIssuers: true,
    portsDomain: 'ports.example.net',
    portsInterstitial: false,
  });
});

test('a key is read in hex, base64 and base64url', () => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, n) => 255 - n));
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    const { settings } = readSettings([], { CULVERT_SECRET_KEY: bytes.toString(encoding) });
    expect(settings.secretKey).toEqual(new Uint8Array(bytes));
  }
});

describe('a public address', () => {
  test.each([
    'https://a.example',
    'http://localhost:8080',
    'http://app.localhost:8080',
    'http://127.0.0.1:1',
    'http://[::1]:80',
  ])('%s is taken', (url) => {
    expect(readSettings([], { CULVERT_PUBLIC_URL: url }).settings.publicUrl).toBe(new URL(url).origin);
  });

  test.each([
    [
      'http://culvert.lan:8080',
      /browsers keep the sign-in cookie for this very machine only.*Put a reverse proxy with TLS/,
    ],
    ['http://192.168.1.5', /reverse proxy with TLS/],
    ['http://localhost.example.com', /reverse proxy with TLS/],
    ['https://a.example/culvert', /an origin alone, such as https:\/\/a\.example\./],
    ['https://user@a.example', /an origin alone/],
    ['ftp://a.example', /not a web address/],
    ['https://my_host', /letters, digits, dots and dashes; “my_host”/],
    ['https://a$(reboot).example', /letters, digits, dots and dashes/],
    ['a.example', /not a web address/],
  ])('%s stops the start', (url, message) => {
    expect(() => readSettings([], { CULVERT_PUBLIC_URL: url })).toThrow(message);
  });
});

describe('the ports domain', () => {
  const read = (url: string | undefined, domain: string | undefined) =>
    readSettings([], { CULVERT_PUBLIC_URL: url, CULVERT_PORTS_DOMAIN: domain }).settings.portsDomain;

  test.each([
    [undefined, undefined, 'localhost'],
    ['http://app.localhost:8080', undefined, 'localhost'],
    ['http://127.0.0.1:8080', undefined, 'localhost'],
    ['https://culvert.example.com', undefined, null],
    ['http://app.localhost:8080', 'localhost', 'localhost'],
    ['http://app.localhost:8080', 'ports.localhost', 'ports.localhost'],
    ['https://culvert.example.com', 'ports.example.net', 'ports.example.net'],
    ['https://culvert.example.com', 'PORTS.example.net.', 'ports.example.net'],
    // Each name below github.io is registered apart from the others.
    ['https://culvert.github.io', 'ports.github.io', 'ports.github.io'],
    ['https://192.0.2.7', 'ports.example.net', 'ports.example.net'],
  ])('of a dashboard at %s, given as %s, is %s', (url, domain, result) => {
    expect(read(url, domain)).toBe(result);
  });

  test.each([
    [
      'https://culvert.example.com',
      'culvert.example.com',
      /^CULVERT_PORTS_DOMAIN: .* same site as the dashboard/,
    ],
    [
      'https://culvert.example.com',
      'ports.culvert.example.com',
      /same site.*Use a domain that is registered apart/,
    ],
    ['https://culvert.example.com', 'example.com', /same site/],
    ['https://culvert.example.com', 'ports.example.com', /same site/],
    ['https://culvert.example.co.uk', 'ports.example.co.uk', /same site/],
    ['https://culvert.github.io', 'github.io', /same site/],
    ['https://culvert.corp', 'ports.culvert.corp', /same site/],
    ['http://app.localhost', 'app.localhost', /same site.*Use localhost\./],
    ['http://app.localhost', 'x.app.localhost', /same site/],
    ['https://culvert.example.com', 'localhost', /leads everybody to their own machine/],
    [undefined, 'ports.example.net', /for this machine only/],
    ['https://culvert.example.com', '192.0.2.7', /is an address/],
    ['https://culvert.example.com', '[2001:db8::1]', /is an address/],
    ['https://culvert.example.com', '2001:db8::1', /is an address/],
    ['https://culvert.example.com', '*.ports.example.net', /the domain alone: ports\.example\.net\./],
    ['https://culvert.example.com', 'https://ports.example.net', /is not a domain name/],
    ['https://culvert.example.com', 'ports', /is not a domain name/],
    ['https://culvert.example.com', 'ports..example.net', /is not a domain name/],
    ['https://culvert.example.com', '-ports.example.net', /is not a domain name/],
    ['https://culvert.example.com', 'ports_1.example.net', /is not a domain name/],
    ['https://culvert.example.com', 'pörts.example.net', /is not a domain name/],
  ])('of a dashboard at %s can’t be %s', (url, domain, message) => {
    expect(() => read(url, domain)).toThrow(message);
    expect(() => read(url, domain)).not.toThrow(/\n/);
  });
});

describe('one line stops the start for', () => {
  test.each<[string[], Record<string, string>, RegExp]>([
    [['--port', '80x'], {}, /^--port: “80x” is not a port/],
    [[], { CULVERT_PORT: '70000' }, /^CULVERT_PORT: “70000” is not a port/],
    [[], { CULVERT_PORT: '-1' }, /is not a port/],
    [[], { CULVERT_ALLOW_PRIVATE_PEERS: 'maybe' }, /neither true nor false/],
    [[], { CULVERT_SECRET_KEY: 'c2hvcnQ=' }, /must be 32 bytes/],
    [[], { CULVERT_ADMIN_EMAIL: 'ada@example.com' }, /go together/],
    [[], { CULVERT_ADMIN_TOKEN: hex }, /go together/],
    [[], { CULVERT_ADMIN_EMAIL: 'ada', CULVERT_ADMIN_PASSWORD: 'seven violins under' }, /not an email/],
    [[], { CULVERT_ADMIN_EMAIL: 'a@example.com', CULVERT_ADMIN_PASSWORD: 'password12345678' }, /most used/],
    [[], { CULVERT_ADMIN_EMAIL: 'a@example.com', CULVERT_ADMIN_PASSWORD: 'short' }, /at least 12/],
    [['--prot', '80'], {}, /^--prot is not a flag of this server/],
    [['--port'], {}, /^--port needs a value/],
  ])('%j %j', (args, env, message) => {
    expect(() => readSettings(args, env)).toThrow(message);
    expect(() => readSettings(args, env)).not.toThrow(/\n/);
  });
});

test('a bad secret is not repeated in the line', () => {
  expect(() => readSettings(['--secret-key', 'my-secret'], {})).not.toThrow(/my-secret/);
  expect(() => readSettings(['--admin-token', 'my secret'], {})).not.toThrow(/my secret/);
});

test('a variable that looks like ours is named in a warning', () => {
  expect(readSettings([], { CULVERT_PROT: '80', CULVERT_PORT: '' }).warnings).toEqual([
    'CULVERT_PROT is not a setting of this server and has no effect.',
  ]);
});

test('the help names every setting and its flag', () => {
  const help = settingsHelp();
  for (const name of [
    'PORT',
    'HOST',
    'DATA',
    'PUBLIC_URL',
    'SECRET_KEY',
    'ALLOW_PRIVATE_PEERS',
    'ALLOW_PRIVATE_ISSUERS',
    'ADMIN_TOKEN',
    'PORTS_DOMAIN',
    'PORTS_INTERSTITIAL',
  ]) {
    expect(help).toContain(`CULVERT_${name} `);
    expect(help).toContain(`--${name.toLowerCase().replaceAll('_', '-')} `);
  }
});
