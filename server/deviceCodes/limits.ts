/**
 * Per address. A person signs in with one code and a few mistakes at most; an office behind one address with some dozens.
 * Of 20^8 codes, at one guess a minute, nobody finds one that lives for a quarter of an hour.
 */
export const deviceLimits = {
  /** Codes that are asked for. */
  create: { free: 30, longestMs: 60_000 },
  /** User codes that turn out to be nobody’s. */
  guess: { free: 10, longestMs: 60_000 },
  /** Device codes that turn out to be nobody’s. */
  poll: { free: 60, longestMs: 60_000 },
} as const;
