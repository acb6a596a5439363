import type { Clock } from '../ipsec/clock.ts';
import { createQueue } from './queue.ts';

export type ManualClock = Clock & {
  /** The delay of the next task that is set up, in milliseconds. */
  nextDelay(): Promise<number>;
  /** Lets this much time pass; what falls due runs in its order. */
  advance(ms: number): void;
};

/** Time that passes only when a test says so. */
export function createManualClock(): ManualClock {
  let now = Date.UTC(2026, 10, 21, 8);
  let tasks: { at: number; run: () => void }[] = [];
  const delays = createQueue<number>();
  return {
    now: () => now,
    after: (ms, run) => {
      const task = { at: now + ms, run };
      tasks.push(task);
      delays.put(ms);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    nextDelay: () => delays.next(),
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const [due] = tasks.filter((task) => task.at <= end).toSorted((a, b) => a.at - b.at);
        if (!due) break;
        tasks = tasks.filter((task) => task !== due);
        now = Math.max(now, due.at);
        due.run();
      }
      now = end;
    },
  };
}
