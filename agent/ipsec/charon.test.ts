import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adoptCharon, charonPaths, startCharon, stopCharon } from './charon.ts';
import { charonConfig } from './charonConfig.ts';
import { identify, isAlive } from './processIdentity.ts';

test('everything is inside the state folder', () => {
  expect(charonPaths('/var/lib/culvert')).toMatchObject({
    folder: '/var/lib/culvert/ipsec',
    socket: '/var/lib/culvert/ipsec/vici',
  });
});

test.each([
  ['below /run, which charon sees another of', '/run/culvert'],
  ['too long for a Unix socket’s address', `/var/lib/${'x'.repeat(100)}`],
])('a state folder %s has charon’s things elsewhere, always at the same place', (_, stateDir) => {
  const paths = charonPaths(stateDir);
  expect(paths.socket.startsWith(tmpdir())).toBe(true);
  expect(paths.socket.length).toBeLessThanOrEqual(107);
  expect(charonPaths(stateDir)).toEqual(paths);
  expect(charonPaths(`${stateDir}-2`)).not.toEqual(paths);
});

test('the configuration loads libipsec before kernel-netlink, and only where it is needed', () => {
  const paths = charonPaths('/var/lib/culvert');
  expect(charonConfig(paths, 'libipsec')).toMatch(/load = .*kernel-libipsec kernel-netlink/);
  expect(charonConfig(paths, 'kernel')).not.toContain('libipsec');
  expect(charonConfig(paths, 'kernel')).toContain('socket = unix:///var/lib/culvert/ipsec/vici');
});

test('a process is told from another one with the same pid', () => {
  const own = identify(process.pid);
  expect(own && isAlive(own)).toBe(true);
  expect(isAlive({ pid: process.pid, startTime: '1' })).toBe(false);
  expect(identify(2 ** 22 + 1)).toBeNull();
});

test.each(['', 'no JSON', '{"pid":"1"}', JSON.stringify({ pid: process.pid, startTime: '1' })])(
  'a process record that says %j leads to nothing, and harms no process',
  async (record) => {
    const stateDir = mkdtempSync(join(tmpdir(), 'culvert-charon-'));
    const paths = charonPaths(stateDir);
    mkdirSync(paths.folder, { mode: 0o700 });
    writeFileSync(paths.record, record);
    expect(await adoptCharon(paths)).toBeNull();
    await stopCharon(paths);
    rmSync(stateDir, { recursive: true });
  },
);

test('a folder that others can write to is not trusted: neither what it says nor for charon', async () => {
  // Below the temporary folder anybody may have made it first.
  const stateDir = mkdtempSync(join(tmpdir(), 'culvert-charon-'));
  const paths = charonPaths(stateDir);
  mkdirSync(paths.folder);
  chmodSync(paths.folder, 0o777);
  const victim = spawn('sleep', ['60']);
  writeFileSync(paths.record, JSON.stringify(identify(victim.pid ?? 0)));
  await stopCharon(paths);
  expect(victim.exitCode ?? victim.signalCode).toBeNull();
  await expect(startCharon('/bin/false', paths, '')).rejects.toThrow('Others can write to');
  expect(existsSync(paths.config)).toBe(false);
  expect(await adoptCharon(paths)).toBeNull();
  victim.kill();
  rmSync(stateDir, { recursive: true });
});

test('a charon of which no record can be kept never runs', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'culvert-charon-'));
  const paths = charonPaths(stateDir);
  const program = join(stateDir, 'charon');
  writeFileSync(program, `#!/bin/sh\ntouch ${stateDir}/ran\nexec sleep 60\n`, { mode: 0o700 });
  mkdirSync(join(paths.record, 'taken'), { recursive: true, mode: 0o700 });
  chmodSync(paths.folder, 0o700);
  await expect(startCharon(program, paths, '')).rejects.toThrow();
  expect(existsSync(join(stateDir, 'ran'))).toBe(false);
  rmSync(stateDir, { recursive: true });
});
