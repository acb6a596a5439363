/** Bytes at a time. */
const CHUNK = 64 * 1024;
/** A prime, so that no chunk is like the one before. */
const PERIOD = 251;

/** Content that any reader can make again: byte number n is n modulo 251. From `start` to before `end`. */
export function* chunks(start: number, end: number): Generator<Uint8Array> {
  for (let at = start; at < end; at += CHUNK) {
    yield Uint8Array.from({ length: Math.min(CHUNK, end - at) }, (_, index) => (at + index) % PERIOD);
  }
}
