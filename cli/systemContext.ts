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

/**
 * The context of this very process.
 *
 * @param signal aborted when somebody interrupts
 */
export function systemContext(signal: AbortSignal): Context {
  const { env } = process;
  return {
    env,
    stdout: screen(process.stdout),
    stderr: screen(process.stderr),
    stdin: {
      isTTY: process.stdin.isTTY ?? false,
      read: async () => (await import('node:stream/consumers')).text(process.stdin),
      ask: async (question, hidden) => (await import('./ask.ts')).ask(question, hidden, signal),
    },
    fetch: (url, init) => fetch(url, init),
    readFile: (path) => readFile(path, 'utf8'),
    clock: {
      now: () => Date.now(),
      wait: (ms) => wait(ms, undefined, { signal }),
    },
    configFile: join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'culvert/config.json'),
    hostname: hostname(),
    signal,
    become: async (program, argv, environment) =>
      (await import('./run/become.ts')).become(program, argv, environment),
  };
}
