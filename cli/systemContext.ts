import { readFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context, Screen } from './context.ts';

const screen = (stream: NodeJS.WriteStream): Screen => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY ?? false,
  columns: stream.columns ?? 80,
});

/** The context of this very process. The first Ctrl-C lets a command end in order; a second one doesn't wait. */
export function systemContext(): Context {
  const { env } = process;
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => interrupted.abort(new Error('Interrupted.')));
  }
  // Whoever reads our output may have enough of it: `culvert vpn list | head -n 1`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  return {
    env,
    stdout: screen(process.stdout),
    stderr: screen(process.stderr),
    stdin: {
      isTTY: process.stdin.isTTY ?? false,
      read: async () => (await import('node:stream/consumers')).text(process.stdin),
      ask: async (question, hidden) => (await import('./ask.ts')).ask(question, hidden, interrupted.signal),
    },
    fetch: (url, init) => fetch(url, init),
    readFile: (path) => readFile(path, 'utf8'),
    clock: {
      now: () => Date.now(),
      wait: (ms) => wait(ms, undefined, { signal: interrupted.signal }),
    },
    configFile: join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'culvert/config.json'),
    hostname: hostname(),
    signal: interrupted.signal,
    become: async (program, argv, environment) =>
      (await import('./run/become.ts')).become(program, argv, environment),
  };
}
