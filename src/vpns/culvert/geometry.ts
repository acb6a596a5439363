import type { Tunnel, TunnelState, TunnelSummary } from '../../../contract/tunnels.ts';

/** How a line in the pipe is drawn. `warning` is a tunnel that is up with something wrong. */
export type LineState = 'up' | 'warning' | 'connecting' | 'failed' | 'offline';

export type Line = {
  kind: 'line';
  state: LineState;
  tunnelId: string;
  replica: string;
  /** Centre of the line, in pixels from the pipe's top wall. */
  y: number;
};

/** Many tunnels of one state, drawn as one band whose height is their share. */
export type Band = { kind: 'band'; state: LineState; count: number; y: number; height: number };

export const PIPE_HEIGHT = 40;
/** Above this many replicas single lines can't be told apart any more, so shares are drawn. */
export const LINES_MAX = 12;
const GAP_MAX = 7;
const BAND_MIN = 4;
const BAND_GAP = 2;

const order: LineState[] = ['up', 'warning', 'connecting', 'failed', 'offline'];

const drawn: Record<TunnelState, LineState> = {
  up: 'up',
  connecting: 'connecting',
  pending: 'connecting',
  failed: 'failed',
  unsupported: 'failed',
  offline: 'offline',
};

export function lineState(tunnel: Pick<Tunnel, 'state' | 'diagnosis'>): LineState {
  return tunnel.state === 'up' && tunnel.diagnosis !== null ? 'warning' : drawn[tunnel.state];
}

/** One line per tunnel, evenly spread around the middle, in the order up, warning, connecting, failed, offline. */
export function layLines(tunnels: Tunnel[]): Line[] {
  const sorted = tunnels
    .map((tunnel) => ({ tunnel, state: lineState(tunnel) }))
    .toSorted(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        a.tunnel.replica.name.localeCompare(b.tunnel.replica.name, 'en', { numeric: true }),
    );
  const gap = Math.min(GAP_MAX, PIPE_HEIGHT / (sorted.length + 1));
  const top = (PIPE_HEIGHT - gap * (sorted.length - 1)) / 2;
  return sorted.map(({ tunnel, state }, index) => ({
    kind: 'line',
    state,
    tunnelId: tunnel.id,
    replica: tunnel.replica.name,
    y: top + index * gap,
  }));
}

/** Counts by drawn state; states without a tunnel are left out. */
export function countStates(summary: TunnelSummary): { state: LineState; count: number }[] {
  const counts: Record<LineState, number> = {
    up: summary.up - summary.warning,
    warning: summary.warning,
    connecting: summary.connecting + summary.pending,
    failed: summary.failed + summary.unsupported,
    offline: summary.offline,
  };
  return order.map((state) => ({ state, count: counts[state] })).filter(({ count }) => count > 0);
}

/**
 * Bands that fill the pipe in proportion to the counts. None is thinner than 4 px: one failed tunnel among ten
 * thousand must still be seen. What the thin ones gain is taken from the others in proportion.
 */
export function layBands(summary: TunnelSummary): Band[] {
  const counts = countStates(summary);
  const room = PIPE_HEIGHT - BAND_GAP * (counts.length + 1);
  let rest = room;
  let restCount = counts.reduce((sum, { count }) => sum + count, 0);
  const heights = new Map<LineState, number>();
  for (const { state, count } of counts.toSorted((a, b) => a.count - b.count)) {
    const height = Math.max(BAND_MIN, (rest * count) / restCount);
    heights.set(state, height);
    rest -= height;
    restCount -= count;
  }
  let y = BAND_GAP;
  return counts.map(({ state, count }) => {
    const band: Band = { kind: 'band', state, count, y, height: heights.get(state) ?? BAND_MIN };
    y += band.height + BAND_GAP;
    return band;
  });
}

/** Whether the pipe is drawn as shares. Needs the summary alone, so that a long list need not be loaded for it. */
export const drawsShares = (summary: TunnelSummary): boolean => summary.wanted > LINES_MAX;

export const stateWords: Record<LineState, string> = {
  up: 'up',
  warning: 'up with a warning',
  connecting: 'connecting',
  failed: 'failed',
  offline: 'offline',
};

/** What the drawing says, as one sentence: “5 tunnels: 3 up, 1 connecting, 1 failed.” */
export function describePipe(summary: TunnelSummary): string {
  if (summary.wanted === 0) return 'No replica is connected to this VPN yet.';
  const parts = countStates(summary).map(({ state, count }) => `${count} ${stateWords[state]}`);
  return `${summary.wanted} ${summary.wanted === 1 ? 'tunnel' : 'tunnels'}: ${parts.join(', ')}.`;
}
