/** Values that arrive by themselves, taken one after the other: a test waits for the next instead of sleeping. */
export type Queue<Value> = { put(value: Value): void; next(): Promise<Value> };

export function createQueue<Value>(): Queue<Value> {
  const values: Value[] = [];
  const takers: ((value: Value) => void)[] = [];
  return {
    put: (value) => {
      const taker = takers.shift();
      if (taker) taker(value);
      else values.push(value);
    },
    next: () =>
      new Promise((resolve) => {
        const value = values.shift();
        if (value === undefined) takers.push(resolve);
        else resolve(value);
      }),
  };
}
