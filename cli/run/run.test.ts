import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../server/testing.ts';
import { createTestCli } from '../testing.ts';
import { tooLarge } from './environmentSize.ts';

const odd = 'two\nlines\r\n\'single\' "double" $HOME `id` \\ ü🔑 ';
let folder: string;
let secrets: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-run-'));
  secrets = join(folder, 'secrets');
  env = { PATH: `${folder}:/usr/bin:/bin`, CULVERT_SECRETS: secrets };
  mkdirSync(join(secrets, 'files'), { recursive: true });
  writeFileSync(join(secrets, 'files/KEY'), odd);
  const items = [
    { name: 'ODD', value: odd, delivery: 'environment' },
    { name: 'LONG', value: 'ü'.repeat(24 * 1024), delivery: 'environment' },
    { name: 'KEY', value: join(secrets, 'files/KEY'), delivery: 'file' },
  ];
  writeFileSync(join(secrets, 'secrets.json'), JSON.stringify({ items }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const main = new URL('../main.ts', import.meta.url).pathname;
const culvertRun = (...command: string[]) =>
  spawnSync(process.execPath, [main, 'run', '--', ...command], { env, encoding: 'utf8' });

describe('the program', () => {
  test('has the secrets in its environment, exactly, and what was there before', () => {
    const script = 'console.log(JSON.stringify([process.env, fs.readFileSync(process.env.KEY, "utf8")]))';
    const { stdout, stderr } = culvertRun(process.execPath, '-e', script);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      { ...env, ODD: odd, LONG: 'ü'.repeat(24 * 1024), KEY: `${secrets}/files/KEY` },
      odd,
    ]);
  });

  test('gets its arguments as they are, options too', () => {
    const { stdout } = culvertRun('printf', '%s|', '--json', '-x', '', 'a b', '*', '--', '--help');
    expect(stdout).toBe('--json|-x||a b|*|--|--help|');
  });

  test('ends as it ends', () => {
    expect(culvertRun('sh', '-c', 'exit 7').status).toBe(7);
    expect(culvertRun('sh', '-c', 'kill -9 $$').signal).toBe('SIGKILL');
    expect(culvertRun('true').status).toBe(0);
  });

  test('is this very process: a signal reaches it, and nothing stands between', async () => {
    const script = 'trap "echo term; exit 3" TERM; echo $$; while :; do read -r line; done';
    const child = spawn(process.execPath, [main, 'run', '--', 'sh', '-c', script], { env });
    const ended = once(child, 'exit');
    const [first] = await once(child.stdout, 'data');
    expect(String(first)).toBe(`${child.pid}\n`);
    child.kill('SIGTERM');
    child.stdin.end('\n');
    expect(await ended).toEqual([3, null]);
  });

  test('inherits no signal that Node ignores, and pipes as they were', () => {
    const script =
      'grep -E "^Sig(Ign|Blk)" /proc/self/status; for fd in 0 2; do grep flags /proc/$$/fdinfo/$fd; done';
    const piped = (command: string) =>
      spawnSync('sh', ['-c', `echo | ${command} 2>&1 | cat`], { env, encoding: 'utf8' }).stdout;
    writeFileSync(join(folder, 'look.sh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const look = join(folder, 'look.sh');
    const direct = piped(look);
    expect(direct).toContain('SigIgn:\t0000000000000000');
    expect(piped(`'${process.execPath}' '${main}' run -- '${look}'`)).toBe(direct);
  });

  test('is found as a shell finds it, and a script without an interpreter is one for sh', () => {
    writeFileSync(join(folder, 'tool'), 'echo "$0 $1"\n', { mode: 0o755 });
    expect(culvertRun('tool', 'x')).toMatchObject({ stdout: `${folder}/tool x\n`, status: 0 });
  });
});

describe('what can’t be run', () => {
  test.each([
    ['nowhere-to-be-found', 127, 'There is no program nowhere-to-be-found.'],
    ['', 127, 'There is no program .'],
    ['/', 127, 'There is no program /.'],
    ['plain', 126, 'plain can’t be run: it isn’t an executable file.'],
    ['orphan', 126, 'orphan is to be run by /nowhere/python, which isn’t there.'],
  ])('%s ends with %i and says so', (name, status, message) => {
    writeFileSync(join(folder, 'plain'), 'x', { mode: 0o644 });
    writeFileSync(join(folder, 'orphan'), '#! /nowhere/python -u\n', { mode: 0o755 });
    expect(culvertRun(name)).toMatchObject({ status, stdout: '', stderr: `culvert: ${message}\n` });
  });

  test.each([
    ['fits', ['x'], { A: 'a' }, null],
    ['one variable is too long', ['x'], { A: 'a'.repeat(128 * 1024) }, 'longer than 128 KB'],
    ['all together are too much', ['x'], { A: 'a'.repeat(90_000), B: 'b'.repeat(90_000) }, '176 KB together'],
  ])('what is started with: %s', (_what, argv, variables, message) => {
    const found = tooLarge(argv, variables, 128 * 1024);
    if (message === null) expect(found).toBeNull();
    else expect(found).toContain(message);
  });

  test('as large as is allowed, the system takes it', () => {
    const limit = tooLarge(['true'], { A: 'x'.repeat(100_000) });
    expect(limit).toBeNull();
    const many = Object.fromEntries(Array.from({ length: 19 }, (_, n) => [`V${n}`, 'x'.repeat(100_000)]));
    expect(tooLarge(['true'], many)).toBeNull();
    expect(spawnSync('/bin/true', [], { env: many }).status).toBe(0);
  });
});

describe('where nothing is for this user', () => {
  const run = async (folderOfSecrets: string) => {
    const { app } = await createTestApp();
    const ran: unknown[] = [];
    const { culvert } = createTestCli(app, { ...env, CULVERT_SECRETS: folderOfSecrets });
    const become = async (...how: unknown[]) => {
      ran.push(how);
      return 0;
    };
    const { exit, stderr } = await culvert(['run', '--', 'true'], { become });
    return { exit, stderr, ran };
  };

  test('because nothing was delivered, it says so and runs nothing', async () => {
    const none = join(folder, 'none');
    const { exit, stderr, ran } = await run(none);
    expect(stderr).toMatch(`culvert: No secrets were delivered here: there is no ${none}.\n`);
    expect([exit, ran]).toEqual([3, []]);
  });

  test('because they are another user’s, it names that user and runs nothing', async () => {
    // Root may read them, and must not: their owner could have put anything there.
    const theirs = process.geteuid?.() === 0 ? join(folder, 'theirs') : '/root';
    if (theirs !== '/root') {
      mkdirSync(theirs);
      writeFileSync(join(theirs, 'secrets.json'), '{"items":[]}');
      chownSync(theirs, 1, 1);
    }
    const { exit, stderr, ran } = await run(theirs);
    expect(stderr).toMatch(/are for the user (daemon|root)\.\nRun it as that user: sudo -u \w+ culvert run/);
    expect([exit, ran]).toEqual([5, []]);
  });

  test('because the file is damaged, it says so without quoting it', async () => {
    const damaged = join(folder, 'damaged');
    mkdirSync(damaged);
    writeFileSync(join(damaged, 'secrets.json'), '{"items":[{"name":"A","value":"correct-horse"');
    chmodSync(damaged, 0o700);
    const { exit, stderr, ran } = await run(damaged);
    expect(stderr).toContain('secrets.json is damaged.');
    expect(stderr).not.toContain('correct-horse');
    expect([exit, ran]).toEqual([1, []]);
  });
});
