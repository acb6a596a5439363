import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelOfOrigin, readHost } from './hosts.ts';

const local = { publicUrl: 'http://localhost:8080', portsDomain: 'localhost' };
const named = { publicUrl: 'http://app.localhost:8080', portsDomain: 'localhost' };
const company = { publicUrl: 'https://culvert.example.com', portsDomain: 'ports.example.net' };

describe('readHost takes for a port', () => {
  test.each([
    ['k3v9q2xa7m.localhost', local],
    ['k3v9q2xa7m.localhost:8080', local],
    ['k3v9q2xa7m.localhost:', local],
    ['K3V9Q2XA7M.LocalHost:8080', local],
    ['k3v9q2xa7m.localhost.', local],
    ['k3v9q2xa7m.localhost.:8080', local],
    ['k3v9q2xa7m.ports.example.net', company],
  ])('%s', (host, settings) => {
    expect(readHost(host, settings)).toEqual({ kind: 'port', label: 'k3v9q2xa7m' });
  });

  test('labels that no port has yet, as those that one has', () => {
    expect(readHost('nothing-here.localhost', local)).toEqual({ kind: 'port', label: 'nothing-here' });
  });
});

describe('readHost takes for the dashboard', () => {
  test.each([
    ['its own host', 'localhost:8080', local],
    ['its own host below the ports domain', 'app.localhost:8080', named],
    ['loopback', '127.0.0.1:8080', local],
    ['loopback of IPv6', '[::1]:8080', local],
    ['loopback beside a host of its own', 'localhost', company],
    ['another host that leads here', 'box.internal:8080', company],
    ['the ports domain itself', 'ports.example.net', company],
    ['a host that only ends alike', 'myports.example.net', company],
    ['no host', '', local],
  ])('%s', (_what, host, settings) => {
    expect(readHost(host, settings)).toEqual({ kind: 'dashboard' });
  });

  test('a request without a Host', () => {
    expect(readHost(undefined, local)).toEqual({ kind: 'dashboard' });
    expect(readHost([], local)).toEqual({ kind: 'dashboard' });
  });

  test('everything, where no ports are forwarded', () => {
    expect(readHost('k3v9q2xa7m.localhost', { ...local, portsDomain: null })).toEqual({ kind: 'dashboard' });
  });
});

describe('readHost knows nothing at', () => {
  test.each([
    ['a deeper label', 'a.k3v9q2xa7m.localhost'],
    ['an empty label', '.localhost'],
    ['an empty label in between', 'k3v9q2xa7m..localhost'],
    ['two trailing dots', 'k3v9q2xa7m.localhost..'],
    ['a reserved label', 'app.localhost'],
    ['a reserved label in upper case', 'WWW.localhost'],
    ['a reserved label with a trailing dot', 'api.localhost.'],
    ['a label that begins with a dash', '-k3v9q2xa7m.localhost'],
    ['a label that is too long', `${'a'.repeat(64)}.localhost`],
    ['an underscore', 'k3v9_2xa7m.localhost'],
    ['userinfo', 'localhost@k3v9q2xa7m.localhost'],
    ['userinfo before the dashboard’s host', 'k3v9q2xa7m.localhost@localhost'],
    ['userinfo with a password', 'a:b@localhost'],
    ['two hosts', 'localhost, k3v9q2xa7m.localhost'],
    ['a port that is none', 'k3v9q2xa7m.localhost:80x'],
    ['two ports', 'k3v9q2xa7m.localhost:80:80'],
    ['a port that is too long', 'k3v9q2xa7m.localhost:808080'],
    ['a path', 'localhost/k3v9q2xa7m.localhost'],
    ['a backslash', 'localhost\\.k3v9q2xa7m.localhost'],
    ['a blank', ' localhost'],
    ['a tab', 'k3v9q2xa7m.localhost\t'],
    ['percent signs', 'k3v9q2xa7m%2elocalhost'],
    ['letters beyond ASCII', 'k3v9q2xa7m.localhoſt'],
    ['an ideographic dot', 'k3v9q2xa7m。localhost'],
    ['an address without its bracket', '[::1'],
    ['an address with a zone', '[fe80::1%25eth0]'],
  ])('%s', (_what, host) => {
    expect(readHost(host, local)).toEqual({ kind: 'unknown' });
  });

  test('two Host headers, even if they are the same', () => {
    expect(readHost(['localhost', 'k3v9q2xa7m.localhost'], local)).toEqual({ kind: 'unknown' });
    expect(readHost(['localhost', 'localhost'], local)).toEqual({ kind: 'unknown' });
    expect(readHost(['k3v9q2xa7m.localhost'], local)).toEqual({ kind: 'port', label: 'k3v9q2xa7m' });
  });
});

test('whatever is sent as Host, what counts as a port is one label below the domain', () => {
  const piece = fc.constantFrom(
    'a',
    'K3',
    'localhost',
    '.',
    ':',
    '@',
    '-',
    '80',
    ' ',
    '[',
    ']',
    'app',
    '/',
    ',',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      (host) => {
        const target = readHost(host, local);
        if (target.kind !== 'port') return;
        expect(host.toLowerCase()).toMatch(new RegExp(String.raw`^${target.label}\.localhost\.?(:\d*)?$`));
        expect(target.label).toMatch(/^[a-z0-9-]+$/);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('of an origin, labelOfOrigin', () => {
  test('reads the label of a port of this server', () => {
    expect(labelOfOrigin('http://k3v9q2xa7m.localhost:8080', local)).toBe('k3v9q2xa7m');
    expect(labelOfOrigin('https://k3v9q2xa7m.ports.example.net', company)).toBe('k3v9q2xa7m');
  });

  test.each([
    'http://k3v9q2xa7m.localhost:9000',
    'http://k3v9q2xa7m.localhost',
    'https://k3v9q2xa7m.localhost:8080',
    'http://k3v9q2xa7m.localhost:8080/',
    'http://K3v9q2xa7m.localhost:8080',
    'http://k3v9q2xa7m.localhost.:8080',
    'http://a.k3v9q2xa7m.localhost:8080',
    'http://localhost:8080',
    'http://localhost:8080@k3v9q2xa7m.localhost:8080',
    'https://evil.example',
    'null',
    '',
  ])('finds none in %s', (origin) => {
    expect(labelOfOrigin(origin, local)).toBeNull();
  });
});
