import { expect, test } from 'vitest';
import { readBoot } from './boot.ts';

/** A machine's /proc: its boot, and when process 1 began. */
const machine =
  (bootId: string, started: string, name = 'systemd') =>
  (path: string): string => {
    const fields = `S ${'0 '.repeat(18)}${started} 0 0`;
    return path === '/proc/1/stat' ? `1 (${name}) ${fields}\n` : `${bootId}\n`;
  };
const hidden = (): string => {
  throw new Error('EACCES');
};

test('stays the same while the machine runs, and says nothing of it', () => {
  const boot = readBoot(null, machine('a', '7'));
  expect(readBoot(null, machine('a', '7'))).toBe(boot);
  expect(boot).toMatch(/^[0-9a-f]{32}$/);
});

test('is another one after the machine or the container restarted', () => {
  const boot = readBoot(null, machine('a', '7'));
  expect(readBoot(null, machine('b', '7'))).not.toBe(boot);
  expect(readBoot(null, machine('a', '8'))).not.toBe(boot);
});

test('no name of process 1 passes for a restart', () => {
  expect(readBoot(null, machine('a', '7', 'x) S 1 2 3'))).toBe(readBoot(null, machine('a', '7')));
});

test('what the platform gives counts instead', () => {
  const boot = readBoot('pod-1', machine('a', '7'));
  expect(readBoot('pod-1', machine('b', '8'))).toBe(boot);
  expect(readBoot('pod-2', machine('a', '7'))).not.toBe(boot);
  expect(boot).not.toContain('pod');
});

test('an agent that may see nothing has always the same', () => {
  expect(readBoot(null, hidden)).toBe(readBoot(null, hidden));
});

test('this machine has one', () => {
  expect(readBoot()).toBe(readBoot());
  expect(readBoot()).not.toBe(readBoot(null, hidden));
});
