import type { Clock, Log } from '../deps.ts';

/** Databases limit the parameters of a query. */
const CHUNK = 400;

/**
 * Looks again and again, at everything that is watched together, whether what let it begin still holds. By asking the
 * database it doesn’t matter which server ended that. A look that fails is logged and done again; while nothing is watched,
 * nothing is asked.
 *
 * @param options.everyMs from the end of one look to the next
 * @param options.failed what the log says of a look that failed
 * @param options.look gets some of what is watched; `end` takes one out and says whether it was still in
 * @returns the function that watches one; that returns the function which stops
 */
export function createWatch<Watched>(options: {
  clock: Clock;
  log: Log;
  everyMs: number;
  failed: string;
  look: (some: readonly Watched[], end: (one: Watched) => boolean) => Promise<void>;
}): (one: Watched) => () => void {
  const { clock, log, everyMs, failed, look } = options;
  const watched = new Set<Watched>();
  let cancel: (() => void) | null = null;
  let looking = false;

  const schedule = () => {
    if (cancel !== null || looking || watched.size === 0) return;
    cancel = clock.after(everyMs, () => {
      cancel = null;
      looking = true;
      lookAtAll()
        .catch((error: unknown) => log.error({ error: String(error) }, failed))
        .finally(() => {
          looking = false;
          schedule();
        });
    });
  };

  async function lookAtAll(): Promise<void> {
    for (const some of chunks([...watched])) await look(some, (one) => watched.delete(one));
  }

  return (one) => {
    watched.add(one);
    schedule();
    return () => {
      watched.delete(one);
      if (watched.size > 0) return;
      cancel?.();
      cancel = null;
    };
  };
}

function* chunks<Item>(items: Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += CHUNK) yield items.slice(at, at + CHUNK);
}
