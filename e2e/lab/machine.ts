import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Namespace, until } from './namespaces.ts';

/**
 * A machine that can restart: in a replica's network namespace, with processes of its own. Its process 1 is what ends
 * when it goes down, taking all others with it, and what starts anew when it comes up.
 */
export class Machine {
  /** Where programs run, as somebody's working folder. */
  readonly folder: string;
  readonly #namespace: Namespace;
  #init: ChildProcess | null = null;
  #firstProcess = 0;

  constructor(namespace: Namespace, folder: string) {
    this.#namespace = namespace;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Its process 1, by its number out here; 0 while it is down. */
  get firstProcess(): number {
    return this.#init === null ? 0 : this.#firstProcess;
  }

  async up(): Promise<void> {
    const init = this.#namespace.spawn(
      ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child', 'sleep', 'infinity'],
      { stdio: 'ignore' },
    );
    this.#init = init;
    await until(() => {
      const child = childOf(init.pid);
      // Until it is `sleep`, its /proc may still be the outer one.
      if (child === null || commandOf(child) !== 'sleep') return false;
      this.#firstProcess = child;
      return true;
    }, 5000);
  }

  /** Pulls the plug. */
  async down(): Promise<void> {
    const init = this.#init;
    this.#init = null;
    if (init === null) return;
    const ended = once(init, 'exit');
    init.kill('SIGKILL');
    await ended;
    await until(() => commandOf(this.#firstProcess) !== 'sleep', 5000);
  }

  /**
   * Starts a program on it.
   *
   * @param log file that its output is added to
   */
  run(command: readonly string[], log: string): Program {
    const output = openSync(log, 'a', 0o600);
    const target = ['--target', String(this.#firstProcess), '--net', '--pid', '--mount'];
    const child = spawn('nsenter', [...target, 'env', `--chdir=${this.folder}`, ...command], {
      stdio: ['ignore', 'pipe', output],
    });
    closeSync(output);
    return new Program(child, command.join(' '));
  }
}

/** A program that runs on a machine. */
export class Program {
  readonly #child: ChildProcess;
  readonly #what: string;
  #printed = '';
  /** It has ended, and everything it printed was read. */
  #closed = false;

  constructor(child: ChildProcess, what: string) {
    this.#child = child;
    this.#what = what;
    child.once('close', () => (this.#closed = true));
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => (this.#printed += `${line}\n`));
    }
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#printed;
  }

  /** Resolves once it has printed this. */
  async printed(text: string): Promise<void> {
    await until(() => {
      if (this.#printed.includes(text)) return true;
      if (this.#closed) throw new Error(`${this.#what} ended: ${this.#printed}`);
      return false;
    }, 10_000);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    const ended = once(this.#child, 'exit');
    // nsenter passes no signals on: the program itself is its child.
    const pid = childOf(this.#child.pid);
    if (pid === null) this.#child.kill(signal);
    else process.kill(pid, signal);
    await ended;
  }
}

/** The only child of a process, by its number out here; null: none, or no such process. */
export function childOf(pid: number | undefined): number | null {
  try {
    const children = readFileSync(`/proc/${pid ?? 0}/task/${pid ?? 0}/children`, 'utf8').trim();
    return children === '' ? null : Number(children.split(' ')[0]);
  } catch {
    return null;
  }
}

/** What a process runs; null or empty: it has ended. */
function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  } catch {
    return null;
  }
}
