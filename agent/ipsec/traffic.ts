import type { ChildSa } from './vici/sas.ts';

/**
 * Bytes through a tunnel since it came up. charon counts per CHILD_SA, and each renewal of the keys starts a new one: what
 * the replaced ones carried is kept.
 */
export class Traffic {
  #children = new Map<string, { in: number; out: number }>();
  #silentSince: number | null = null;

  restart(): void {
    this.#children.clear();
    this.#silentSince = null;
  }

  count(children: readonly ChildSa[], now: number): void {
    for (const { uniqueId, bytesIn, bytesOut } of children)
      this.#children.set(uniqueId, { in: bytesIn, out: bytesOut });
    const silent = this.bytesIn === 0 && this.bytesOut > 0;
    this.#silentSince = silent ? (this.#silentSince ?? now) : null;
  }

  get bytesIn(): number {
    return [...this.#children.values()].reduce((sum, child) => sum + child.in, 0);
  }

  get bytesOut(): number {
    return [...this.#children.values()].reduce((sum, child) => sum + child.out, 0);
  }

  /** For how long something goes out and nothing has come in. */
  silentSeconds(now: number): number {
    return this.#silentSince === null ? 0 : (now - this.#silentSince) / 1000;
  }
}
