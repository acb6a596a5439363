import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { OidcSettings, Tampering } from './oidcPeople.ts';

/** The company's provider, which can be stopped and started again, and whose way to the server somebody may sit on. */
export class OidcProvider {
  readonly issuer: string;
  readonly #settings: OidcSettings;
  #child: ChildProcess | null = null;

  constructor(settings: OidcSettings) {
    this.#settings = settings;
    this.issuer = `http://127.0.0.1:${settings.port}`;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const script = fileURLToPath(new URL('oidcProcess.ts', import.meta.url));
    // Its warnings of being no production are nothing for the output of tests.
    this.#child = fork(script, [JSON.stringify(this.#settings)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    this.#child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [first] = await Promise.race([once(this.#child, 'message'), once(this.#child, 'exit')]);
    if (first !== 'done') throw new Error(`The provider didn’t start:\n${errors}`);
  }

  /** From now on this happens to addresses on the way. */
  async tamper(tampering: Tampering): Promise<void> {
    const child = this.#child;
    if (!child) throw new Error('The provider doesn’t run.');
    const done = once(child, 'message');
    child.send(tampering);
    await done;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}
