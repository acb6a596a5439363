import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Those that Node ignores. A signal that is caught is the default again in the next program; one that is ignored stays so. */
const ignoredByNode = ['SIGPIPE', 'SIGXFSZ'] as const;
/** Those that somebody sends to this process alone. Ctrl-C reaches the whole group, so the program has it already. */
const passedOn = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * Becomes another program: the same process, so that signals, exit code and terminal are the program's own. Node before 22.15
 * can't; there the program runs as a child.
 *
 * @param program the file; what can't be started ends this process, so look before (findProgram.ts, environmentSize.ts)
 * @param argv the program's arguments, its own name first
 * @returns of a child, its exit code, or 128 and the number of the signal that ended it
 */
export async function become(
  program: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  if (process.execve) {
    for (const signal of ignoredByNode) process.on(signal, () => undefined);
    for (const stream of [process.stdin, process.stdout, process.stderr]) makeBlocking(stream);
    process.execve(program, argv, env);
  }
  const [argv0 = program, ...args] = argv;
  const child = spawn(program, args, { argv0, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => undefined);
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}

/**
 * Node makes a pipe non-blocking, for all who have it. A program that doesn't expect that loses what it writes. libuv's handle is not
 * documented; without it, the pipe stays as it is.
 */
function makeBlocking(stream: object): void {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
  if (typeof handle.setBlocking === 'function') handle.setBlocking(true);
}
