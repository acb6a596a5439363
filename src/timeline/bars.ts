import type { TunnelTimeline } from '../../contract/timeline.ts';

type Sample = TunnelTimeline['traffic']['samples'][number];

/** One quarter of an hour: how high its bars are, from 0 to 1. Null: the tunnel wasn’t reported. */
export type Bar = { bytesIn: number; bytesOut: number } | null;

export type Traffic = { bars: Bar[]; bytesIn: number; bytesOut: number; most: number };

/** The samples as bars of one scale, so that in and out can be compared, with what they add up to. */
export function trafficOf(samples: readonly Sample[]): Traffic {
  const there = samples.filter((sample) => sample !== null);
  const sum = (of: (sample: NonNullable<Sample>) => number) =>
    there.reduce((total, sample) => total + of(sample), 0);
  const most = Math.max(0, ...there.flatMap(({ bytesIn, bytesOut }) => [bytesIn, bytesOut]));
  const share = (amount: number) => (most === 0 ? 0 : amount / most);
  return {
    bars: samples.map(
      (sample) => sample && { bytesIn: share(sample.bytesIn), bytesOut: share(sample.bytesOut) },
    ),
    bytesIn: sum(({ bytesIn }) => bytesIn),
    bytesOut: sum(({ bytesOut }) => bytesOut),
    most,
  };
}
