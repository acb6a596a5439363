import type { DatabaseState } from '../deps.ts';

/** Findings that are kept: each takes some hundred bytes. */
const KEPT_MAX = 2000;
/** Characters of a key under which something is kept. A label and a cookie or token are some 100; a request may bring thousands. */
const KEY_MAX = 1023;

/**
 * What was found in the database, kept for exactly as long as nothing in it changes, whoever would change it. Where the
 * database can’t tell that, nothing is kept.
 */
export function createFindings<Finding>(databaseState: DatabaseState = () => null) {
  const kept = new Map<string, Finding>();
  let keptIn: string | null = null;

  /** The state of the database now, with nothing kept from another one. */
  const now = (): string | null => {
    const state = databaseState();
    if (state !== keptIn) kept.clear();
    keptIn = state;
    return state;
  };

  return {
    get: (key: string): Finding | undefined => (now() === null ? undefined : kept.get(key)),

    /** To be called before looking: the function it returns keeps what was found, unless something changed meanwhile. */
    beforeLooking() {
      const before = now();
      return (key: string, finding: Finding): void => {
        if (before === null || now() !== before || key.length > KEY_MAX) return;
        if (kept.size >= KEPT_MAX) kept.clear();
        kept.set(key, finding);
      };
    },
  };
}
