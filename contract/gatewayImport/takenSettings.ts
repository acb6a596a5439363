import type { ConfEntry } from './ipsecFile.ts';

/** Settings that are read one after the other; what nobody took is left at the end. */
export type TakenSettings = {
  /** The first of these keys that is set and wasn't taken yet. */
  take: (...keys: string[]) => ConfEntry | undefined;
  has: (key: string) => boolean;
  rest: () => ConfEntry[];
};

export function takeFrom(settings: ReadonlyMap<string, ConfEntry>): TakenSettings {
  const left = new Map(settings);
  return {
    take(...keys) {
      const key = keys.find((name) => left.has(name));
      if (key === undefined) return undefined;
      const entry = left.get(key);
      left.delete(key);
      return entry;
    },
    has: (key) => left.has(key),
    rest: () => [...left.values()],
  };
}
