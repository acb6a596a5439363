import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOwners } from './socketOwners.ts';

let proc: string;
beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'agent-proc-'));
});
afterEach(() => rm(proc, { recursive: true }));

async function addProcess(pid: number, comm: string, links: string[], exe = '/usr/bin/other'): Promise<void> {
  await mkdir(join(proc, String(pid), 'fd'), { recursive: true });
  await writeFile(join(proc, String(pid), 'comm'), `${comm}\n`);
  await symlink(exe, join(proc, String(pid), 'exe'));
  for (const [fd, target] of links.entries())
    await symlink(target, join(proc, String(pid), 'fd', String(fd)));
}

test('a socket belongs to the process that has it open', async () => {
  await addProcess(12, 'nginx', ['/dev/null', 'socket:[100]']);
  await addProcess(7, 'postgres', ['socket:[200]', 'pipe:[100]', 'socket:[201]']);
  await mkdir(join(proc, 'net'));
  expect(await findOwners(new Set(['100', '200', '201', '999']), proc)).toEqual(
    new Map([
      ['100', { pid: 12, name: 'nginx' }],
      ['200', { pid: 7, name: 'postgres' }],
      ['201', { pid: 7, name: 'postgres' }],
    ]),
  );
});

test('of several processes that share it, the newest', async () => {
  await addProcess(9, 'old', ['socket:[100]']);
  await addProcess(10, 'new', ['socket:[100]']);
  expect((await findOwners(new Set(['100']), proc)).get('100')).toEqual({ pid: 10, name: 'new' });
});

test('a process that may not be looked into is nobody’s, and in nobody’s way', async () => {
  await writeFile(join(proc, '12'), 'no folder');
  await mkdir(join(proc, '11'));
  await addProcess(7, 'vite', ['socket:[100]']);
  expect(await findOwners(new Set(['100', '200']), proc)).toEqual(
    new Map([['100', { pid: 7, name: 'vite' }]]),
  );
});

test.each([
  ['MainThread', '/opt/node/bin/node', 'node'],
  ['MainThread', '/opt/node/bin/node (deleted)', 'node'],
  ['next-server (v1', '/opt/node/bin/node', 'next-server (v1'],
  ['a\u001B[31m\u202Eb', '/bin/x', 'a[31mb'],
  [' \u0007 ', '/bin/x', null],
])('a process that calls itself %j is shown as such, made plain', async (comm, exe, name) => {
  await addProcess(7, comm, ['socket:[100]'], exe);
  expect((await findOwners(new Set(['100']), proc)).get('100')?.name).toBe(name);
});
