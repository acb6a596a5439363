/**
 * Runs `work` with the same "random" values every time: ids are the same after a reload, so that an address that names one
 * still leads there. Only for making a scenario, where nothing is secret.
 */
export async function repeatable<T>(work: () => Promise<T>): Promise<T> {
  const next = mulberry32(0x6c7576);
  const fill: Crypto['getRandomValues'] = (array) => {
    if (array !== null) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 0xff;
    }
    return array;
  };
  Object.defineProperty(crypto, 'getRandomValues', { value: fill, configurable: true });
  try {
    return await work();
  } finally {
    // Uncovers the real one, which is the prototype's.
    Reflect.deleteProperty(crypto, 'getRandomValues');
  }
}

/** A small generator of 32-bit numbers (Tommy Ettinger's mulberry32), good enough to tell ids apart. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
