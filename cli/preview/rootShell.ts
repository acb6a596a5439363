import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a script is run as root here; null: it can’t be. */
export type RootShell = readonly [string, ...string[]] | null;

/** As root by itself, else by a sudo that asks for nothing, as on GitHub’s runners. */
export async function findRootShell(): Promise<RootShell> {
  if (process.getuid?.() === 0) return ['sh'];
  const sudo = spawn('sudo', ['-n', 'true'], { stdio: 'ignore' });
  const allowed = await new Promise<boolean>((resolve) => {
    sudo.once('error', () => resolve(false));
    sudo.once('exit', (code) => resolve(code === 0));
  });
  return allowed ? ['sudo', '-n', 'sh'] : null;
}

/**
 * What an installer gets of the environment, and the agent that it starts: a job’s holds tokens and secrets, and the agent outlives
 * the job’s step. By RUNNER_TRACKING_ID GitHub’s runner finds what a job has left behind.
 */
const passedOn = [
  'PATH HOME USER LOGNAME LANG TERM RUNNER_TRACKING_ID',
  'http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY',
  'CULVERT_STATE CULVERT_FOLDER CULVERT_BOOT CULVERT_SECRETS',
].flatMap((names) => names.split(' '));

/**
 * Runs a script that comes over stdin, so that nothing of it is in an argument list.
 *
 * @param onLine each line that it prints, of both streams, without its end
 * @param signal asks it to end, as SIGTERM does
 * @returns its exit code
 */
export async function runScript(
  [program, ...first]: NonNullable<RootShell>,
  script: string,
  args: readonly string[],
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  const child = spawn(program, [...first, '-s', '--', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: Object.fromEntries(passedOn.map((name) => [name, process.env[name]])),
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  const terminate = () => void child.kill('SIGTERM');
  signal?.addEventListener('abort', terminate, { once: true });
  // A script that ends before it was read whole has said why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(script);
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', terminate);
      resolve(code ?? 1);
    });
  });
}
