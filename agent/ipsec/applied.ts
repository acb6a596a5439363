import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { writeAtomically } from '../atomicFile.ts';
import { listOf, objectOf, text } from '../shapes.ts';
import { fingerprintOf } from './connections.ts';
import { namesOf, type Child, type Generation } from './generations.ts';

type AppliedGeneration = {
  name: string;
  fingerprint: string;
  children: Child[];
  virtualIps: string[];
};

/**
 * What charon was told last, kept on disk, so that the next agent knows whether a tunnel that is up is the wanted one.
 * Holds keyed fingerprints and subnets, no keys.
 */
export class Applied {
  readonly #path: string;
  readonly #secret: string;
  readonly #generations: Map<string, AppliedGeneration>;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, { secret, generations }: Stored) {
    this.#path = path;
    this.#secret = secret;
    this.#generations = new Map(generations.map((generation) => [generation.name, generation]));
  }

  /** What is on disk in charon's folder; nothing, or what can't be read, starts anew. */
  static open(folder: string): Applied {
    const path = join(folder, 'applied.json');
    return new Applied(
      path,
      readStored(path) ?? { secret: randomBytes(32).toString('hex'), generations: [] },
    );
  }

  /** What charon has of this very VPN under this name; null: something else, or nothing. */
  find(name: string, vpn: DesiredVpn): Generation | null {
    const known = this.#generations.get(name);
    if (known?.fingerprint !== this.fingerprint(vpn)) return null;
    return { name, vpn, children: known.children, virtualIps: known.virtualIps };
  }

  /** Whether charon has anything under this name. */
  has(name: string): boolean {
    return this.#generations.has(name);
  }

  /** Whether two VPNs need the same tunnel. */
  same(a: DesiredVpn, b: DesiredVpn): boolean {
    return this.fingerprint(a) === this.fingerprint(b);
  }

  /** Tells VPNs that need different tunnels apart, also after a restart of the agent. */
  fingerprint(vpn: DesiredVpn): string {
    return fingerprintOf(vpn, this.#secret);
  }

  set({ name, vpn, children, virtualIps }: Generation): void {
    const fingerprint = this.fingerprint(vpn);
    this.#generations.set(name, {
      name,
      fingerprint,
      children: [...children],
      virtualIps: [...virtualIps],
    });
    this.#write();
  }

  /** charon was told this, and has nothing else of the VPN. */
  restart(generation: Generation): void {
    this.deleteAll(generation.vpn.id);
    this.set(generation);
  }

  /** charon has nothing of the VPN. */
  deleteAll(vpnId: string): void {
    for (const name of namesOf(vpnId)) this.delete(name);
  }

  delete(name: string): void {
    if (this.#generations.delete(name)) this.#write();
  }

  /** A new charon knows nothing. */
  clear(): void {
    this.#generations.clear();
    this.#write();
  }

  /** Resolves once everything is on disk, or couldn't be put there. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** If it can't be written, the next agent sets the tunnel up anew, and that is all. */
  #write(): void {
    const stored: Stored = { secret: this.#secret, generations: [...this.#generations.values()] };
    const content = JSON.stringify(stored);
    this.#writing = this.#writing
      .then(async () => {
        await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
        await writeAtomically(this.#path, content);
      })
      .catch(() => undefined);
  }
}

type Stored = { secret: string; generations: AppliedGeneration[] };

const isStored = objectOf<Stored>({
  secret: text,
  generations: listOf(
    objectOf<AppliedGeneration>({
      name: text,
      fingerprint: text,
      children: listOf(objectOf<Child>({ name: text, subnets: listOf(text) })),
      virtualIps: listOf(text),
    }),
  ),
});

function readStored(path: string): Stored | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isStored(value) ? value : null;
  } catch {
    return null;
  }
}
