import { describe, expect, it } from 'vitest';
import type { Tunnel, TunnelState, TunnelSummary } from '../../../contract/tunnels.ts';
import { describePipe, drawsShares, layBands, layLines, lineState, PIPE_HEIGHT } from './geometry.ts';

const warning: Tunnel['diagnosis'] = {
  code: 'nothing_comes_back',
  severity: 'warning',
  short: 'nothing comes back',
  title: 'Nothing comes back',
  cause: '',
  here: { text: '', action: null, command: null },
  gateway: null,
  log: [],
};

const tunnel = (name: string, state: TunnelState, diagnosis: Tunnel['diagnosis'] = null): Tunnel => ({
  id: `rep_${name}.vpn_1`,
  vpn: { id: 'vpn_1', name: 'Berlin office' },
  workspace: { id: 'ws_1', name: 'api' },
  replica: { id: `rep_${name}`, name },
  state,
  lastState: null,
  since: '2026-11-21T08:00:00.000Z',
  attempt: 0,
  nextTryAt: null,
  virtualIp: null,
  bytesIn: 0,
  bytesOut: 0,
  ikeEstablishedAt: null,
  ikeSuite: null,
  espSuite: null,
  remoteSubnets: [],
  appliedRevision: 1,
  wantedRevision: 1,
  diagnosis,
  reportedAt: null,
});

const summary = (counts: Partial<TunnelSummary>): TunnelSummary => ({
  wanted: 0,
  up: 0,
  warning: 0,
  connecting: 0,
  pending: 0,
  failed: 0,
  offline: 0,
  unsupported: 0,
  worst: null,
  ...counts,
});

describe('a line', () => {
  it.each<[TunnelState, Tunnel['diagnosis'], string]>([
    ['up', null, 'up'],
    ['up', warning, 'warning'],
    ['connecting', null, 'connecting'],
    ['pending', null, 'connecting'],
    ['failed', warning, 'failed'],
    ['unsupported', warning, 'failed'],
    ['offline', null, 'offline'],
  ])('for %s is drawn by its state', (state, diagnosis, drawn) => {
    expect(lineState({ state, diagnosis })).toBe(drawn);
  });
});

describe('lines', () => {
  it('go from healthy to offline, and by number within a state', () => {
    const lines = layLines([
      tunnel('api-1', 'failed'),
      tunnel('api-10', 'up'),
      tunnel('api-2', 'up'),
      tunnel('api-3', 'connecting'),
    ]);
    expect(lines.map((line) => line.replica)).toEqual(['api-2', 'api-10', 'api-3', 'api-1']);
  });

  it('put a single tunnel in the middle', () => {
    expect(layLines([tunnel('api-0', 'up')])[0]?.y).toBe(PIPE_HEIGHT / 2);
  });

  it.each([1, 2, 5, 12])('of %i tunnels stay between the walls, evenly', (count) => {
    const lines = layLines(Array.from({ length: count }, (_, n) => tunnel(`api-${n}`, 'up')));
    expect(lines[0]?.y).toBeGreaterThan(0);
    expect(lines.at(-1)?.y).toBeLessThan(PIPE_HEIGHT);
    const gaps = lines.slice(1).map((line, n) => line.y - (lines[n]?.y ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0);
  });
});

describe('bands', () => {
  it('fill the pipe between gaps', () => {
    const bands = layBands(summary({ wanted: 40, up: 30, failed: 10 }));
    expect(bands.map(({ state, count }) => [state, count])).toEqual([
      ['up', 30],
      ['failed', 10],
    ]);
    const last = bands.at(-1);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeCloseTo(PIPE_HEIGHT - 2);
    expect((bands[0]?.height ?? 0) / (bands[1]?.height ?? 1)).toBeCloseTo(3);
  });

  it('keep one failure among ten thousand visible', () => {
    const bands = layBands(summary({ wanted: 10_000, up: 9999, failed: 1 }));
    expect(bands.at(-1)).toMatchObject({ state: 'failed', height: 4 });
  });

  it('separate warnings from healthy tunnels', () => {
    const bands = layBands(summary({ wanted: 20, up: 20, warning: 5 }));
    expect(bands.map(({ state, count }) => [state, count])).toEqual([
      ['up', 15],
      ['warning', 5],
    ]);
  });

  it('come into play above twelve replicas', () => {
    expect(drawsShares(summary({ wanted: 12 }))).toBe(false);
    expect(drawsShares(summary({ wanted: 13 }))).toBe(true);
  });
});

describe('the text alternative', () => {
  it.each<[Partial<TunnelSummary>, string]>([
    [{}, 'No replica is connected to this VPN yet.'],
    [{ wanted: 1, up: 1 }, '1 tunnel: 1 up.'],
    [{ wanted: 5, up: 3, connecting: 1, failed: 1 }, '5 tunnels: 3 up, 1 connecting, 1 failed.'],
    [
      { wanted: 3, up: 1, warning: 1, pending: 1, unsupported: 1 },
      '3 tunnels: 1 up with a warning, 1 connecting, 1 failed.',
    ],
  ])('of %j', (counts, text) => {
    expect(describePipe(summary(counts))).toBe(text);
  });
});
