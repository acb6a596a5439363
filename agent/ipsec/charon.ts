import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeAtomically } from '../atomicFile.ts';
import type { CharonPaths } from './charonConfig.ts';
import { runCommand } from './command.ts';
import { identify, isAlive, signalProcess, type ProcessIdentity } from './processIdentity.ts';
import { ViciClient } from './vici/client.ts';

/** A Unix socket's address holds 107 bytes and a zero (unix(7)). */
const SOCKET_PATH_MAX = 107;
const START_MS = 8000;
/** charon says goodbye to its gateways when it ends; it doesn't wait for their answers. */
const STOP_MS = 4000;

/** charon couldn't be started; the message is for a person. */
export class CharonError extends Error {
  override readonly name = 'CharonError';
}

/** Where charon's things are for an agent whose state is in `stateDir`. */
export function charonPaths(stateDir: string): CharonPaths {
  const inside = join(stateDir, 'ipsec');
  // A folder below /run would be hidden behind charon's own /run.
  const hidden = inside === '/run' || inside.startsWith('/run/') || inside.startsWith('/var/run/');
  const tooLong = Buffer.byteLength(join(inside, 'vici')) > SOCKET_PATH_MAX;
  const digest = createHash('sha256').update(stateDir).digest('hex').slice(0, 16);
  const folder = hidden || tooLong ? join(tmpdir(), `culvert-${digest}`) : inside;
  return {
    folder,
    runFolder: join(folder, 'run'),
    config: join(folder, 'strongswan.conf'),
    startLog: join(folder, 'charon.log'),
    socket: join(folder, 'vici'),
    record: join(folder, 'charon.json'),
  };
}

/** The charon that an earlier agent left running; null when it is gone or doesn't answer. */
export async function adoptCharon(paths: CharonPaths): Promise<ProcessIdentity | null> {
  const left = await readRecord(paths);
  if (left === null || !isAlive(left)) return null;
  const answers = await ViciClient.open(paths.socket).catch(() => null);
  answers?.close();
  return answers === null ? null : left;
}

/**
 * Starts a charon that outlives this process, with this strongswan.conf. Throws CharonError with what it said when it
 * doesn't come up.
 */
export async function startCharon(
  program: string,
  paths: CharonPaths,
  config: string,
): Promise<ProcessIdentity> {
  await stopCharon(paths);
  await mkdir(paths.folder, { recursive: true, mode: 0o700 });
  if (!(await isOwn(paths.folder)))
    throw new CharonError(
      `Others can write to ${paths.folder}, so charon can’t keep its configuration there.`,
    );
  await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
  await writeFile(paths.config, config, { mode: 0o600 });
  for (const stale of [paths.socket, join(paths.runFolder, 'charon.pid')]) await rm(stale, { force: true });
  // Its own mount namespace, where /run is its own folder; where either isn't allowed, the machine's /run has to do.
  const mayUnshare = (await runCommand(['unshare', '-m', 'true'])).code === 0;
  const run = existsSync('/var/run') ? realpathSync('/var/run') : '/run';
  const bind = mayUnshare ? 'mount --bind "$1" "$2"; ' : '';
  // It waits for its word, which never comes from an agent that is killed before charon is on record.
  const script = `read -r word || exit; ${bind}exec "$3" < /dev/null`;
  const shell = ['-c', script, 'sh', paths.runFolder, run, program];
  const child = spawn(mayUnshare ? 'unshare' : 'sh', mayUnshare ? ['-m', 'sh', ...shell] : shell, {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env['PATH'], STRONGSWAN_CONF: paths.config },
  });
  child.unref();
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const identity = child.pid === undefined ? null : identify(child.pid);
  if (identity === null) throw new CharonError('charon can’t be started.');
  try {
    await writeAtomically(paths.record, JSON.stringify(identity));
    child.stdin.write('go\n');
  } finally {
    child.stdin.end();
  }
  await waitForSocket(identity, paths);
  if (!mayUnshare) await forgetPidFile(join(run, 'charon.pid'), identity);
  return identity;
}

/** Where charons share the machine's /run, the pid file of one keeps the next of ours from starting; nothing of ours reads it. */
async function forgetPidFile(path: string, { pid }: ProcessIdentity): Promise<void> {
  const holder = await readFile(path, 'utf8').catch(() => '');
  if (Number(holder) === pid) await rm(path, { force: true });
}

async function waitForSocket(identity: ProcessIdentity, paths: CharonPaths): Promise<void> {
  for (let waited = 0; waited < START_MS && isAlive(identity); waited += 20) {
    const client = await ViciClient.open(paths.socket).catch(() => null);
    if (client) {
      // It listens while it still loads its plugins, and answers when it has its TUN interface.
      const answers = client.version().then(
        () => true,
        () => false,
      );
      const answered = await Promise.race([answers, pause(START_MS, false, { ref: false })]);
      client.close();
      if (answered) return;
      break;
    }
    await pause(20);
  }
  const said = (await readFile(paths.startLog, 'utf8').catch(() => ''))
    .trim()
    .split('\n')
    .slice(-3)
    .join(' · ');
  signalProcess(identity, 'SIGKILL');
  throw new CharonError(`charon doesn’t come up${said === '' ? '' : `: ${said.slice(0, 300)}`}.`);
}

/** Ends the charon of this state folder, with its tunnels, keys, routes and virtual IPs; none is fine. */
export async function stopCharon(paths: CharonPaths): Promise<void> {
  if (!(await isOwn(paths.folder))) return;
  const running = await readRecord(paths);
  if (running !== null && isAlive(running)) {
    signalProcess(running, 'SIGTERM');
    for (let waited = 0; waited < STOP_MS && isAlive(running); waited += 20) await pause(20);
    signalProcess(running, 'SIGKILL');
    while (isAlive(running)) await pause(20);
  }
  for (const left of [paths.record, paths.socket, paths.config]) await rm(left, { force: true });
}

/**
 * Whether the folder is this user's, and nobody else can put anything into it. Below the temporary folder anybody could
 * have made it first: its record would name processes to end, its socket would be told keys, and charon, which is root,
 * loads what its configuration names.
 */
async function isOwn(folder: string): Promise<boolean> {
  const stats = await lstat(folder).catch(() => null);
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
}

async function readRecord(paths: CharonPaths): Promise<ProcessIdentity | null> {
  if (!(await isOwn(paths.folder))) return null;
  const text = await readFile(paths.record, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const record: unknown = JSON.parse(text);
    return isIdentity(record) ? record : null;
  } catch {
    return null;
  }
}

const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'startTime' in value &&
  typeof value.startTime === 'string';
