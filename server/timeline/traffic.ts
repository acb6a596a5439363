import { TIMELINE } from '../../contract/timeline.ts';
import type { TunnelTrafficTable } from '../db/schema.ts';

const SLOT_MS = TIMELINE.sampleMinutes * 60_000;

/** The quarter of an hour, counted from 1970. */
export const slotOf = (ms: number): number => Math.floor(ms / SLOT_MS);

export type Sample = { bytesIn: number; bytesOut: number };
type Stored = Pick<TunnelTrafficTable, 'slot' | 'bytes_in' | 'bytes_out' | 'earlier'>;

/** The samples of the last day, oldest first; null where there is none. */
export function samplesOf(
  stored: Stored | undefined,
  nowMs: number,
): { fromMs: number; samples: (Sample | null)[] } {
  const first = slotOf(nowMs) - TIMELINE.samples + 1;
  const samples = Array.from({ length: TIMELINE.samples }, (): Sample | null => null);
  const put = (slot: number, sample: Sample) => {
    const at = slot - first;
    if (at >= 0 && at < samples.length) samples[at] = sample;
  };
  if (stored) {
    for (const [slot, sample] of readEarlier(stored.earlier)) put(slot, sample);
    put(stored.slot, { bytesIn: stored.bytes_in, bytesOut: stored.bytes_out });
  }
  return { fromMs: first * SLOT_MS, samples };
}

/** Without what is older than a day. */
export const recentOf = (earlier: string, nowMs: number): string =>
  [...readEarlier(earlier)]
    .filter(([slot]) => slot > slotOf(nowMs) - TIMELINE.samples)
    .map(([slot, { bytesIn, bytesOut }]) => ` ${slot}:${bytesIn}:${bytesOut}`)
    .join('');

function* readEarlier(earlier: string): Generator<[slot: number, sample: Sample]> {
  for (const text of earlier.split(' ')) {
    if (text === '') continue;
    const [slot = 0, bytesIn = 0, bytesOut = 0] = text.split(':').map(Number);
    yield [slot, { bytesIn, bytesOut }];
  }
}
