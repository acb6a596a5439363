import type { Preview } from '../../contract/previews.ts';
import type { Tunnel } from '../../contract/tunnels.ts';

/** Whether a preview can be used; `text`: what it waits for. */
export type Judgement =
  | { state: 'up'; tunnels: readonly Tunnel[] }
  | { state: 'waiting'; text: string; failing: Tunnel | null }
  | { state: 'failed'; tunnel: Tunnel };

/** Tries after which a tunnel that fails is taken to be set up wrongly. The first may have met a gateway that was busy. */
const TRIES = 2;

/**
 * Judges the tunnels of the replicas that are there now: earlier runs may have left some that are offline.
 *
 * @param own name of the only replica that counts; null: all
 */
export function judgeTunnels({ tunnels }: Pick<Preview, 'tunnels'>, own: string | null): Judgement {
  const here = tunnels.filter(
    ({ state, replica }) => state !== 'offline' && (own === null || replica.name === own),
  );
  if (here.length === 0) {
    const text = own === null ? 'Waiting for a replica to join…' : `Waiting for ${own} to connect…`;
    return { state: 'waiting', text, failing: null };
  }
  const hopeless = here.find(
    ({ state, attempt }) => state === 'unsupported' || (state === 'failed' && attempt >= TRIES),
  );
  if (hopeless) return { state: 'failed', tunnel: hopeless };
  const up = here.filter(({ state }) => state === 'up');
  if (up.length === here.length) return { state: 'up', tunnels: up };
  const failing = here.find(({ state }) => state === 'failed') ?? null;
  const again = failing === null ? '' : ` ${failing.diagnosis?.title ?? 'One failed'}; it is tried again.`;
  return { state: 'waiting', text: `${up.length} of ${here.length} tunnels up.${again}`, failing };
}
