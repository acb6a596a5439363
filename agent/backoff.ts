const firstMs = 1_000;
const capMs = 10_000;

/**
 * How long to wait before dialling again: full jitter, up to 1 s at first, doubling to 10 s. The jitter spreads ten
 * thousand agents that lost the same server at once; the low cap has all of them back within ten seconds.
 *
 * @param attempt 0 for the first try after a connection was lost
 * @param random a number in [0, 1), such as Math.random()
 * @returns milliseconds
 */
export function reconnectDelay(attempt: number, random: number): number {
  return Math.floor(random * Math.min(capMs, firstMs * 2 ** Math.min(attempt, 10)));
}

/**
 * The wait after another agent with this replica's identity took over. It is long, because two copies of one state
 * folder would otherwise push each other out all the time.
 *
 * @returns milliseconds, 30 to 60 s
 */
export const replacedDelay = (random: number): number => 30_000 + Math.floor(random * 30_000);
