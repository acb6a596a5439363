import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Check } from './verify.ts';
import { inMilliseconds, tcpFailure, verify } from './verify.ts';

const check = (change: Partial<Check>): Check => ({
  type: 'verify',
  id: 'ver_1',
  vpnId: 'vpn_1',
  address: '127.0.0.1',
  port: null,
  timeoutMs: 2_000,
  ...change,
});

describe('a TCP connect', () => {
  let server: Server;
  let port: number;
  const sources: (string | undefined)[] = [];
  beforeEach(async () => {
    sources.length = 0;
    server = createServer((socket) => {
      sources.push(socket.remoteAddress);
      socket.on('error', () => undefined).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => server.close());

  test('succeeds, starting at the virtual IP', async () => {
    const accepted = once(server, 'connection');
    const result = await verify(check({ port }), '127.0.0.9');
    await accepted;
    expect(result).toMatchObject({ type: 'verified', id: 'ver_1', state: 'succeeded', code: null });
    expect(result.message).toMatch(/^Connected in \d+(\.\d)? ms$/);
    expect(result.roundTripMs).toBeGreaterThan(0);
    expect(sources).toEqual(['127.0.0.9']);
  });

  test('is refused where nothing listens', async () => {
    server.close();
    await once(server, 'close');
    const result = await verify(check({ port }), '127.0.0.9');
    expect(result).toMatchObject({ state: 'failed', code: 'refused', roundTripMs: null });
    expect(result.message).toContain(`refuses connections on port ${port}`);
  });

  test('fails when the virtual IP is no longer on this machine', async () => {
    expect(await verify(check({ port }), '192.0.2.1')).toMatchObject({ state: 'failed', code: 'no_tunnel' });
  });
});

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'refused'],
  ['ETIMEDOUT', 'timeout'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EPERM', 'unreachable'],
  ['EADDRNOTAVAIL', 'no_tunnel'],
  ['EWHATEVER', 'unreachable'],
  ['', 'unreachable'],
])('connect(2) failing with “%s” is %s', (error, code) => {
  const outcome = tcpFailure('10.250.0.5', 80, error);
  expect(outcome).toMatchObject({ state: 'failed', code, roundTripMs: null });
  expect(outcome.message).toMatch(/\.$/);
});

test('nothing is sent without a tunnel', async () => {
  expect(await verify(check({}), null)).toMatchObject({
    code: 'no_tunnel',
    message: 'The tunnel is not up on this replica.',
  });
});

test('an IPv6 address needs a virtual IP of its kind', async () => {
  expect(await verify(check({ address: 'fd00::5' }), '10.200.0.1')).toMatchObject({ code: 'no_tunnel' });
});

test.each(['-f', 'db.internal', '10.250.0.0/24', '', '127.1'])('“%s” never reaches ping', async (address) => {
  expect(await verify(check({ address }), '127.0.0.1')).toMatchObject({
    state: 'failed',
    code: 'bad_address',
  });
});

test.each([
  [0.612, '0.6 ms'],
  [9.94, '9.9 ms'],
  [38.2, '38 ms'],
  [1_023, '1023 ms'],
])('%f ms reads %s', (value, text) => {
  expect(inMilliseconds(value)).toBe(text);
});
