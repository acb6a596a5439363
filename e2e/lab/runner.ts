import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { childOf, Machine } from './machine.ts';
import type { Namespace } from './namespaces.ts';

export type JobOutcome = { code: number | null; stdout: string; stderr: string };

/** A job that runs. */
export type Job = {
  /** Resolves once it has printed this, on either stream; rejects when it ends without. */
  printed(text: string): Promise<void>;
  /** To what the job started with and nothing below it, as GitHub’s runner does when somebody cancels. */
  cancel(signal: NodeJS.Signals): void;
  ended: Promise<JobOutcome>;
};

/**
 * A machine that runs a pipeline’s jobs, as a provider gives a new one to each: what a job installs is gone with it. Processes
 * and the folders that are written to are its own; the rest it shares with this machine.
 */
export class Runner {
  readonly folder: string;
  readonly #machine: Machine;
  #firstProcess = 0;

  constructor(namespace: Namespace, folder: string) {
    this.folder = folder;
    this.#machine = new Machine(namespace, folder);
  }

  async up(): Promise<void> {
    await this.#machine.up();
    this.#firstProcess = this.#machine.firstProcess;
    const own = ['/var/lib', '/usr/local', '/etc/profile.d'].map((path) => `mount -t tmpfs tmpfs ${path}`);
    const { code, stderr } = await this.start(`${own.join(' && ')} && mkdir -p /usr/local/bin`).ended;
    if (code !== 0) throw new Error(`The runner has no folders of its own: ${stderr}`);
  }

  /** Takes it away with everything on it. */
  async down(): Promise<void> {
    await this.#machine.down();
  }

  /**
   * Runs a script in bash as GitHub’s runner does, which stops at the first command that fails. Nothing of this process’s own
   * environment gets in.
   */
  start(script: string, env: Readonly<Record<string, string>> = {}): Job {
    const file = join(this.folder, `job-${crypto.randomUUID()}.sh`);
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(file, script, { mode: 0o600 });
    const target = ['--target', String(this.#firstProcess), '--net', '--pid', '--mount'];
    const shell = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', file];
    const child = spawn('nsenter', [...target, `--wd=${this.folder}`, ...shell], {
      env: {
        PATH: [dirname(process.execPath), usualPath].join(delimiter),
        HOME: this.folder,
        CULVERT_SECRETS: join(this.folder, 'secrets'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = { stdout: '', stderr: '' };
    const watchers = new Set<() => void>();
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
        for (const look of watchers) look();
      });
    }
    const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...printed }));
    return {
      ended,
      cancel: (signal) => {
        const shell = childOf(child.pid);
        if (shell !== null) process.kill(shell, signal);
      },
      printed: (text) =>
        new Promise((resolve, reject) => {
          const look = () => {
            if (!`${printed.stdout}${printed.stderr}`.includes(text)) return;
            watchers.delete(look);
            resolve();
          };
          watchers.add(look);
          look();
          void ended.then(({ stdout, stderr }) => reject(new Error(`It ended:\n${stdout}\n${stderr}`)));
        }),
    };
  }

  run(script: string, env: Readonly<Record<string, string>> = {}): Promise<JobOutcome> {
    return this.start(script, env).ended;
  }
}

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
