import type { Clock } from '../../server/deps.ts';

export type TravellingClock = Clock & {
  /** Lets `work` happen `ms` ago, so that what it leaves behind has an age. */
  ago<T>(ms: number, work: () => Promise<T>): Promise<T>;
};

/** Time as it is, apart from trips into the past; the mock's history is made on those. */
export function travellingClock(): TravellingClock {
  let behind = 0;
  return {
    now: () => Date.now() - behind,
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    ago: async (ms, work) => {
      const before = behind;
      behind = ms;
      try {
        return await work();
      } finally {
        behind = before;
      }
    },
  };
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
