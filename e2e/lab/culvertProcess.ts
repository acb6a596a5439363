import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The command line as it is downloaded: one file. */
const program = new URL('../../dist/agent/culvert.mjs', import.meta.url).pathname;

/** A `culvert` that goes on running, on the machine of whoever uses it. */
export class CulvertProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  stdout = '';
  stderr = '';

  /** `env` is all that it gets of the environment, apart from PATH. */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => (this.stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (this.stderr += String(chunk)));
    this.#exited = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
    this.#child = child;
  }

  /** The first match in what it prints; rejects with what it said where it ends without one. */
  async printed(pattern: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const match = pattern.exec(this[where]);
        if (match) resolve(match);
      };
      look();
      this.#child[where]?.on('data', look);
    });
    const ended = this.#exited.then((code) => {
      throw new Error(`culvert ended with ${code}:\n${this.stdout}${this.stderr}`);
    });
    return await Promise.race([found, ended]);
  }

  /** Its exit code, once it has ended; null: by a signal. */
  get exited(): Promise<number | null> {
    return this.#exited;
  }

  /** As Ctrl-C does. */
  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return await this.#exited;
  }
}
