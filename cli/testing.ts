import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { App } from '../server/http/appEnv.ts';
import { createTestApp } from '../server/testing.ts';
import type { Context, Screen } from './context.ts';
import { runCli } from './runCli.ts';

export type Ran = {
  exit: number;
  stdout: string;
  stderr: string;
  /** What stdout holds, parsed. */
  json: () => unknown;
};

export type RunOptions = {
  env?: Record<string, string>;
  /** What is piped in; left out: nothing is. */
  stdin?: string;
  /** Whether both screens are a terminal. */
  terminal?: boolean;
  /** What a person answers at the terminal, in order. */
  answers?: string[];
  signal?: AbortSignal;
  /** Instead of waiting; gets the milliseconds. */
  wait?: (ms: number) => Promise<void>;
  now?: () => number;
  fetch?: Context['fetch'];
  /** Instead of becoming another program. */
  become?: Context['become'];
};

function recorder(terminal: boolean): Screen & { text: string } {
  const screen = {
    text: '',
    isTTY: terminal,
    columns: 80,
    write(text: string) {
      screen.text += text;
    },
  };
  return screen;
}

/**
 * `culvert` in this process, against the app itself, with a configuration of its own. Nothing of the real environment gets in.
 * Files are looked for in `folder`.
 */
export function createTestCli(app: App, env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'culvert-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const configFile = join(folder, 'culvert/config.json');

  async function culvert(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const [stdout, stderr] = [recorder(options.terminal ?? false), recorder(options.terminal ?? false)];
    const answers = [...(options.answers ?? [])];
    const context: Context = {
      env: { ...env, ...options.env },
      stdout,
      stderr,
      stdin: {
        isTTY: options.answers !== undefined,
        read: async () => options.stdin ?? '',
        async ask(question) {
          stderr.write(question);
          const answer = answers.shift();
          if (answer === undefined) throw new Error(`Nobody answers “${question}”.`);
          return answer;
        },
      },
      fetch: options.fetch ?? (async (url, init) => await app.request(url, init)),
      readFile: (path) => readFile(resolve(folder, path), 'utf8'),
      clock: { now: options.now ?? (() => Date.now()), wait: options.wait ?? (async () => undefined) },
      configFile,
      hostname: 'annas-laptop',
      signal: options.signal ?? new AbortController().signal,
      become: options.become ?? (async () => 0),
    };
    const exit = await runCli(argv, context);
    return { exit, stdout: stdout.text, stderr: stderr.text, json: () => JSON.parse(stdout.text) };
  }
  return { culvert, configFile, folder };
}

/** A team on a new app, its admin, and their command line, signed in by CULVERT_TOKEN. */
export async function createTestTeam() {
  const server = await createTestApp();
  const team = await server.addTeam('Acme');
  const anna = await server.member('Anna', team.id, 'admin');
  const made = await anna.client.post(`${team.path}/api-tokens`, { name: 'Laptop', expiresInDays: 30 });
  const { token }: { token: string } = await made.json();
  const env = { CULVERT_SERVER: server.deps.settings.publicUrl, CULVERT_TOKEN: token };
  return { server, team, anna, env, ...createTestCli(server.app, env) };
}
