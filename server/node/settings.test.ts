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
    'ADMIN_TOKEN',
  ]) {
    expect(help).toContain(`CULVERT_${name} `);
    expect(help).toContain(`--${name.toLowerCase().replaceAll('_', '-')} `);
  }
});
