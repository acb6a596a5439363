import type { IkeSa } from './vici/sas.ts';

/**
 * When keys were last renewed without an interruption: a CHILD_SA or an IKE_SA took the place of one that was there. Seen
 * in what charon lists, since in IKEv1 it says nothing of an IKE_SA that is renewed.
 */
export class Renewals {
  /** The newest of each, by name; charon numbers its SAs in the order in which they come to be. */
  #newest = new Map<string, number>();
  #lastAt: number | null = null;

  get lastAt(): number | null {
    return this.#lastAt;
  }

  /** It came up with other settings: what there is now isn't a renewal of what was. */
  restart(): void {
    this.#newest.clear();
  }

  /** It comes up after it was down. */
  forget(): void {
    this.restart();
    this.#lastAt = null;
  }

  look(sas: readonly IkeSa[], now: number): void {
    const listed = sas
      .filter(({ establishedSeconds }) => establishedSeconds !== null)
      .flatMap(({ uniqueId, children }) => [
        { kind: 'IKE', uniqueId },
        ...children.map((child) => ({ kind: `CHILD ${child.name}`, uniqueId: child.uniqueId })),
      ]);
    for (const { kind, uniqueId } of listed.toSorted((a, b) => Number(a.uniqueId) - Number(b.uniqueId))) {
      const known = this.#newest.get(kind);
      if (known !== undefined && Number(uniqueId) <= known) continue;
      if (known !== undefined) this.#lastAt = now;
      this.#newest.set(kind, Number(uniqueId));
    }
  }
}
