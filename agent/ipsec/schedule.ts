const SECOND = 1000;
const RECENTLY_UP_MS = 60 * SECOND;
const LATELY_UP_MS = 10 * 60 * SECOND;

/**
 * How long to wait before a tunnel is tried again. A gateway that refuses is left alone more and more, 5 s to 2 min. One
 * that was up lately is most likely starting again, and one that doesn't answer costs nothing to ask: those are tried
 * every 15 s at least, and within the first minute after 1 s.
 *
 * @param failures attempts that failed since it was last up, 1 or more
 * @param upAgoMs since when it is down; null: it never was up
 * @param random a number in [0, 1); spreads replicas that lost the same gateway at once
 * @returns milliseconds
 */
export function retryDelay(
  { failures, upAgoMs, unanswered }: { failures: number; upAgoMs: number | null; unanswered: boolean },
  random: number,
): number {
  const first = upAgoMs !== null && upAgoMs < RECENTLY_UP_MS ? SECOND : 5 * SECOND;
  const cap = unanswered || (upAgoMs !== null && upAgoMs < LATELY_UP_MS) ? 15 * SECOND : 120 * SECOND;
  const delay = Math.min(cap, first * 2 ** Math.min(failures - 1, 10));
  return Math.round(delay * (0.8 + 0.4 * random));
}
