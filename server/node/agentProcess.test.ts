import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestClock } from '../testing.ts';
import { runAgent } from './agentProcess.ts';
import type { AgentProcess } from './agentProcess.ts';

let folder: string;
let clock: TestClock;
let agent: AgentProcess | null;
let dismissed: number;
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-process-'));
  clock = new TestClock();
  agent = null;
  dismissed = 0;
});
afterEach(async () => {
  await agent?.stop();
  await rm(folder, { recursive: true, force: true });
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs a shell script in the agent's place. Each run appends its arguments to the file `runs`. */
async function run(script: string): Promise<void> {
  await writeFile(at('program'), `#!/bin/sh\necho "$@" >>'${at('runs')}'\n${script}\n`);
  await chmod(at('program'), 0o755);
  agent = runAgent({
    command: [at('program'), '--flag'],
    server: 'http://127.0.0.1:8080',
    stateDir: at('agent'),
    tokenFile: at('token'),
    onDismissed: () => (dismissed += 1),
    log: silent,
    clock,
  });
}

const runs = async (): Promise<string[]> =>
  (await readFile(at('runs'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

test('it runs the agent on its state and token, its output in a file beside', async () => {
  await run('echo hello; exec sleep 60');
  await expect.poll(() => readFile(at('agent.log'), 'utf8')).toBe('hello\n');
  const places = `--state ${at('agent')} --token-file ${at('token')}`;
  expect(await runs()).toEqual([`--flag run --replace --server http://127.0.0.1:8080 ${places}`]);
});

test('it hears nothing of the server’s settings: they hold the secret key', async () => {
  vi.stubEnv('CULVERT_SECRET_KEY', 'the key');
  await run('env; exec sleep 60');
  vi.unstubAllEnvs();
  await expect.poll(() => readFile(at('agent.log'), 'utf8')).toContain('PATH=');
  expect(await readFile(at('agent.log'), 'utf8')).not.toContain('CULVERT_');
});

test('an agent that ends is started again, after longer and longer pauses', async () => {
  await run('exit 1');
  for (const [count, pause] of [
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
  ] as const) {
    await expect.poll(() => clock.pending).toEqual([pause]);
    expect(await runs()).toHaveLength(count);
    clock.advance(pause);
  }
  await expect.poll(async () => (await runs()).length).toBe(4);
});

test('one that the server sent away is not', async () => {
  await run('exit 3');
  await expect.poll(() => dismissed).toBe(1);
  clock.advance(3_600_000);
  expect(await runs()).toHaveLength(1);
});

test('stopping ends it with SIGTERM and starts it no more', async () => {
  await run(`trap 'echo ended; exit 0' TERM; echo ready; while :; do sleep 0.05; done`);
  await expect.poll(() => readFile(at('agent.log'), 'utf8')).toBe('ready\n');
  await agent?.stop();
  expect(await readFile(at('agent.log'), 'utf8')).toBe('ready\nended\n');
  clock.advance(3_600_000);
  expect(await runs()).toHaveLength(1);
});

test('one that does not end is killed after 10 seconds', async () => {
  await run(`trap '' TERM; echo ready; while :; do sleep 0.05; done`);
  await expect.poll(() => readFile(at('agent.log'), 'utf8')).toBe('ready\n');
  const stopped = agent?.stop();
  clock.advance(10_000);
  await stopped;
});

test('stopping during a pause starts it no more', async () => {
  await run('exit 1');
  await expect.poll(() => clock.pending).toEqual([2_000]);
  await agent?.stop();
  expect(clock.pending).toEqual([]);
});
