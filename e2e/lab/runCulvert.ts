import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const main = new URL('../../cli/main.ts', import.meta.url).pathname;

/** Runs `culvert` to its end, with nothing of this process’s own settings, and `input` on its stdin. */
export async function runCulvert(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, ...argv], {
    env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: '/nowhere', ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: typeof code === 'number' ? code : -1, stdout, stderr };
}
