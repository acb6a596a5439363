import { execFile } from 'node:child_process';

export type Outcome = { code: number; stdout: string; stderr: string };

/** Runs a program to its end, with `input` on its standard input. Never rejects: what can't be started has code 127. */
export function runCommand(command: readonly [string, ...string[]], input = ''): Promise<Outcome> {
  const [file, ...args] = command;
  return new Promise((resolve) => {
    const child = execFile(file, args, { timeout: 10_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr: stderr || (error?.message ?? '') });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
