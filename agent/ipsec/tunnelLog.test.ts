import { expect, test } from 'vitest';
import { TunnelLog } from './tunnelLog.ts';

const line = (text: string, sa = 1, connection: string | null = 'vpn_a') => ({ connection, sa, text });

test('a line that comes twice is kept once, whichever source is first', () => {
  const log = new TunnelLog('vpn_a');
  log.take(line('a'), 'command');
  log.take(line('b'), 'log');
  log.take(line('a'), 'log');
  log.take(line('b'), 'command');
  log.take(line('c'), 'log');
  expect(log.lines).toEqual(['a', 'b', 'c']);
});

test('a line that charon really wrote twice is kept twice', () => {
  const log = new TunnelLog('vpn_a');
  for (const source of ['command', 'command', 'log', 'log'] as const) log.take(line('again'), source);
  expect(log.lines).toEqual(['again', 'again']);
});

test('lines of other tunnels, and of none, are left out', () => {
  const log = new TunnelLog('vpn_a');
  expect(log.take(line('x', 1, 'vpn_b'), 'log')).toBe(false);
  expect(log.take(line('y', 0, null), 'log')).toBe(false);
  expect(log.lines).toEqual([]);
});

test('after a new beginning, late lines of the attempt before are left out', () => {
  const log = new TunnelLog('vpn_a');
  log.take(line('received AUTHENTICATION_FAILED notify error', 7), 'command');
  log.begin();
  log.take(line('received AUTHENTICATION_FAILED notify error', 7), 'log');
  log.take(line('initiating', 8), 'log');
  expect(log.lines).toEqual(['initiating']);
});

test('only the newest lines are kept', () => {
  const log = new TunnelLog('vpn_a');
  for (let n = 0; n < 1000; n += 1) log.take(line(`line ${n}`), 'log');
  expect(log.lines.length).toBeLessThanOrEqual(400);
  expect(log.lines.at(-1)).toBe('line 999');
});
