import { describe, expect, test } from 'vitest';
import { parsePing, pingArguments } from './ping.ts';

const iputils = (line: string): string =>
  `PING 10.250.0.5 (10.250.0.5) from 10.200.0.1 : 56(84) bytes of data.\n${line}\n\n--- 10.250.0.5 ping statistics ---\n` +
  '1 packets transmitted, 1 received, 0% packet loss, time 0ms\nrtt min/avg/max/mdev = 0.612/0.612/0.612/0.000 ms\n';

test.each([
  [500, '1'],
  [1_000, '1'],
  [3_001, '4'],
])('a timeout of %i ms is %s whole seconds for ping', (timeoutMs, seconds) => {
  const expected = ['-n', '-c', '1', '-w', seconds, '-W', seconds, '-I', '10.200.0.1', '10.250.0.5'];
  expect(pingArguments('10.250.0.5', '10.200.0.1', timeoutMs)).toEqual(expected);
});

describe('an answer', () => {
  test.each([
    ['iputils', iputils('64 bytes from 10.250.0.5: icmp_seq=1 ttl=63 time=0.612 ms'), 0.612],
    ['iputils, second packet', iputils('64 bytes from 10.250.0.5: icmp_seq=2 ttl=63 time=1023 ms'), 1023],
    [
      'BusyBox',
      'PING 10.250.0.5 (10.250.0.5): 56 data bytes\n64 bytes from 10.250.0.5: seq=0 ttl=63 time=0.091 ms\n',
      0.091,
    ],
    ['old iputils, fast', iputils('64 bytes from 10.250.0.5: icmp_seq=1 ttl=63 time<1 ms'), 1],
  ])('%s', (_name, stdout, roundTripMs) => {
    expect(parsePing('10.250.0.5', stdout, '')).toEqual({ kind: 'answered', roundTripMs });
  });

  test('from IPv6', () => {
    const stdout =
      'PING fd00::5(fd00::5) from fd01::1 : 56 data bytes\n64 bytes from fd00::5: icmp_seq=1 ttl=64 time=0.129 ms\n';
    expect(parsePing('fd00::5', stdout, '')).toEqual({ kind: 'answered', roundTripMs: 0.129 });
  });
});

describe('no answer', () => {
  test.each([
    ['from somebody else', iputils('64 bytes from 10.250.0.6: icmp_seq=1 ttl=63 time=0.612 ms')],
    [
      'damaged on the way',
      iputils('64 bytes from 10.250.0.5: icmp_seq=1 ttl=63 time=0.612 ms (BAD CHECKSUM!)'),
    ],
    ['a statistics line alone', 'rtt min/avg/max/mdev = 0.612/0.612/0.612/0.000 ms\n'],
    ['unknown error', iputils('From 10.250.0.1 icmp_seq=1 Wrong data byte')],
    ['nothing', ''],
  ])('%s', (_name, stdout) => {
    expect(parsePing('10.250.0.5', stdout, '')).toEqual({ kind: 'no_answer' });
  });
});

describe('an ICMP error', () => {
  test.each([
    ['Destination Host Unreachable', 'the host can’t be reached from there'],
    ['Destination Net Unreachable', 'there is no route to that network from there'],
    ['Packet filtered', 'a firewall there refuses it'],
    ['Destination Host Prohibited', 'a firewall there refuses it'],
    ['Time to live exceeded', 'packets don’t find their way from there'],
  ])('%s', (text, why) => {
    const outcome = parsePing('10.250.0.5', iputils(`From 10.250.0.1 icmp_seq=1 ${text}`), '');
    expect(outcome).toEqual({ kind: 'unreachable', why, from: '10.250.0.1' });
  });

  test('before a late answer: the answer counts', () => {
    const stdout = iputils(
      'From 10.250.0.1 icmp_seq=1 Destination Host Unreachable\n64 bytes from 10.250.0.5: icmp_seq=2 ttl=63 time=0.6 ms',
    );
    expect(parsePing('10.250.0.5', stdout, '')).toEqual({ kind: 'answered', roundTripMs: 0.6 });
  });
});

test.each([
  ['ping: bind: Cannot assign requested address', 'the tunnel’s virtual IP is gone from this replica'],
  ['ping: connect: Network is unreachable', 'this replica has no route to it'],
  [
    'ping: sendmsg: Operation not permitted',
    'this replica may not send it: a firewall on it, or missing privileges',
  ],
])('a ping that cannot run: %s', (stderr, why) => {
  expect(parsePing('10.250.0.5', '', `${stderr}\n`)).toEqual({ kind: 'unusable', why });
});
