import { expect, test } from 'vitest';
import { lostAmong, readAnswer } from './pings.ts';

test('reads answers, and nothing else that ping prints', () => {
  expect(
    readAnswer('[1700000000.250000] 64 bytes from 10.250.0.5: icmp_seq=17 ttl=63 time=0.612 ms'),
  ).toEqual({ sequence: 17, at: 1_700_000_000_250 });
  expect(readAnswer('[1700000000.250000] From 1.2.3.11 icmp_seq=4 Destination Host Unreachable')).toBeNull();
  expect(readAnswer('PING 10.250.0.5 (10.250.0.5) 56(84) bytes of data.')).toBeNull();
});

test('counts the gaps between the first and the last answer', () => {
  const answersTo = (...sequences: number[]) => sequences.map((sequence) => ({ sequence, at: 0 }));
  expect(lostAmong(answersTo(3, 4, 5))).toBe(0);
  expect(lostAmong(answersTo(3, 4, 9, 10, 12))).toBe(5);
  expect(lostAmong(answersTo(4, 4, 3)), 'twice and out of order').toBe(0);
  expect(lostAmong([])).toBe(0);
});
