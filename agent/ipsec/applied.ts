import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { writeAtomically } from '../atomicFile.ts';
import { fingerprintOf } from './connections.ts';

/**
 * What charon was told last, kept on disk, so that the next agent knows whether a tunnel that is up is the wanted one.
 * Holds keyed fingerprints, no settings.
 */
export class Applied {
  readonly #path: string;
  readonly #secret: string;
  readonly #fingerprints: Map<string, string>;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, secret: string, fingerprints: Map<string, string>) {
    this.#path = path;
    this.#secret = secret;
    this.#fingerprints = fingerprints;
  }

  /** What is on disk in charon's folder; nothing, or what can't be read, starts anew. */
  static open(folder: string): Applied {
    const path = join(folder, 'applied.json');
    const stored = readStored(path);
    return new Applied(
      path,
      stored?.secret ?? randomBytes(32).toString('hex'),
      new Map(stored?.fingerprints),
    );
  }

  matches(vpn: DesiredVpn): boolean {
    return this.#fingerprints.get(vpn.id) === fingerprintOf(vpn, this.#secret);
  }

  /** Whether two VPNs need the same tunnel. */
  same(a: DesiredVpn, b: DesiredVpn): boolean {
    return fingerprintOf(a, this.#secret) === fingerprintOf(b, this.#secret);
  }

  set(vpn: DesiredVpn): void {
    this.#fingerprints.set(vpn.id, fingerprintOf(vpn, this.#secret));
    this.#write();
  }

  delete(vpnId: string): void {
    this.#fingerprints.delete(vpnId);
    this.#write();
  }

  /** A new charon knows nothing. */
  clear(): void {
    this.#fingerprints.clear();
    this.#write();
  }

  /** Resolves once everything is on disk, or couldn't be put there. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Nobody waits for it: if it can't be written, the next agent restarts the tunnel, and that is all. */
  #write(): void {
    const content = JSON.stringify({ secret: this.#secret, fingerprints: [...this.#fingerprints] });
    this.#writing = this.#writing
      .then(async () => {
        await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
        await writeAtomically(this.#path, content);
      })
      .catch(() => undefined);
  }
}

type Stored = { secret: string; fingerprints: [string, string][] };

function readStored(path: string): Stored | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isStored(value) ? value : null;
  } catch {
    return null;
  }
}

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' &&
  value !== null &&
  'secret' in value &&
  typeof value.secret === 'string' &&
  'fingerprints' in value &&
  Array.isArray(value.fingerprints) &&
  value.fingerprints.every((entry) => Array.isArray(entry) && entry.length === 2);
