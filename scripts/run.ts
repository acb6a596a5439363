import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** How a program ended. `output` is what it printed, both streams in order; empty when it was shown live. */
export type Ended = { code: number; output: string };

/**
 * Runs a program in the repository, with the tools of node_modules in its path.
 *
 * @param options.live shows its output as it comes instead of collecting it
 * @param options.patient lets other programs go first where there is not processor enough for all
 * @returns code 127 when the program doesn't exist, 1 when a signal ended it
 */
export function run(
  command: string,
  args: readonly string[],
  options: { env?: Readonly<Record<string, string>>; live?: boolean; patient?: boolean } = {},
): Promise<Ended> {
  const path = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...options.env, PATH: path },
    stdio: [
      'ignore',
      ...(options.live === true ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const)),
    ],
  });
  if (options.patient === true && child.pid !== undefined)
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
