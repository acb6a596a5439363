import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The real server as a process of its own, so that it can be killed and started again on the same data. */
export class ServerProcess {
  readonly port: number;
  readonly url: string;
  readonly #data: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #script: string;
  #child: ChildProcess | null = null;
  #output = '';

  /** `script`: what runs it, from the project's root; left out: the server alone. */
  constructor(options: {
    port: number;
    data: string;
    env?: Readonly<Record<string, string>>;
    script?: 'server/main.ts' | 'scripts/start.ts';
  }) {
    this.port = options.port;
    this.url = `http://localhost:${options.port}`;
    this.#data = options.data;
    this.#env = options.env ?? {};
    this.#script = new URL(`../../${options.script ?? 'server/main.ts'}`, import.meta.url).pathname;
  }

  /** Resolves when it listens. `setupUrl`: where to make the first admin; null once there is one. */
  async start(): Promise<{ setupUrl: string | null }> {
    const child = spawn(process.execPath, [this.#script, '--port', String(this.port), '--data', this.#data], {
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#output = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => (this.#output += `${line}\n`));
    }
    await this.#waitFor(() => this.#ask('/readyz').then((answer) => answer?.ok === true));
    const session: unknown = await (await this.#ask('/api/v1/session'))?.json();
    if (!isSetupNeeded(session)) return { setupUrl: null };
    const printed = () => /http\S+\/setup#\S+/.exec(this.#output)?.[0];
    await this.#waitFor(() => printed() !== undefined);
    return { setupUrl: printed() ?? null };
  }

  /** Everything it has written since its last start, standard output and log. */
  get output(): string {
    return this.#output;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** A clean end. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** A crash: nobody is told. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  #ask(path: string): Promise<Response | null> {
    return fetch(`http://127.0.0.1:${this.port}${path}`).catch(() => null);
  }

  async #waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = AbortSignal.timeout(20_000);
    while (!(await condition())) {
      if (deadline.aborted || this.#child?.exitCode !== null)
        throw new Error(`The server didn’t start:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

const isSetupNeeded = (session: unknown): boolean =>
  typeof session === 'object' && session !== null && 'setup' in session && session.setup === 'needed';
