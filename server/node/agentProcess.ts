import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock, Log } from '../deps.ts';

/** The server sent the agent away for good: agent/main.ts, exit codes. */
const dismissedCode = 3;
/** The agent takes its tunnels down within 8 s. */
const stopMs = 10_000;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** An agent that ran this long was well: the pauses start from the beginning. */
const settledMs = 60_000;

export type AgentProcess = {
  /** Ends the agent and its tunnels, and starts it no more. */
  stop(): Promise<void>;
};

/**
 * Runs an agent as a child process and starts it again when it ends, until it is stopped or the server sent it away. An
 * agent that an earlier, killed server left at work on the same state is replaced; its tunnels live on.
 */
export function runAgent(options: {
  /** The program and its arguments: Node and the agent's bundle. */
  command: readonly [string, ...string[]];
  server: string;
  /** The agent's state folder; its output goes to `<stateDir>.log`. */
  stateDir: string;
  tokenFile: string;
  onDismissed: () => void;
  log: Log;
  clock: Clock;
}): AgentProcess {
  const { command, stateDir, log, clock } = options;
  const [program, ...programArguments] = command;
  const run = ['run', '--replace', '--server', options.server];
  const places = ['--state', stateDir, '--token-file', options.tokenFile];
  const logFile = `${stateDir}.log`;
  let child: ChildProcess | null = null;
  let stopping = false;
  let failures = 0;
  let cancelStart = (): void => undefined;

  const start = (): void => {
    mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
    const output = openSync(logFile, 'a', 0o600);
    const startedAt = clock.now();
    child = spawn(program, [...programArguments, ...run, ...places], {
      stdio: ['ignore', output, output],
      env: withoutSettings(process.env),
    });
    closeSync(output);
    child.on('error', (error) =>
      log.error({ error: error.message }, 'the agent of this machine can’t be started'),
    );
    child.once('close', (code) => {
      child = null;
      if (stopping) return;
      if (code === dismissedCode) {
        options.onDismissed();
        return;
      }
      failures = clock.now() - startedAt >= settledMs ? 0 : failures + 1;
      log.warn({ code, log: logFile }, 'the agent of this machine ended; it is started again');
      cancelStart = clock.after(Math.min(firstPauseMs * 2 ** failures, longestPauseMs), start);
    });
  };

  start();
  return {
    stop: async () => {
      stopping = true;
      cancelStart();
      if (!child) return;
      const ended = new Promise<void>((resolve) => child?.once('close', () => resolve()));
      const running = child;
      running.kill('SIGTERM');
      const cancelKill = clock.after(stopMs, () => running.kill('SIGKILL'));
      await ended;
      cancelKill();
    },
  };
}

/** The agent gets what it needs as arguments; the server's own settings hold the secret key and the admin's password. */
const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CULVERT_')));
