import { describe, expect, it, test } from 'vitest';
import type { Rollout, RolloutReplica } from '../../contract/rollouts.ts';
import { isRecent, summaryMark } from './states.ts';
import { explanationOf, listed, progressWords, titleOf } from './wording.ts';

const berlin = { id: 'vpn_a', name: 'Berlin office' };
const other = { id: 'vpn_b', name: 'Berlin office 2' };
const at = '2026-11-21T12:00:00.000Z';

const replica = (name: string, state: RolloutReplica['state']): RolloutReplica => ({
  replica: { id: `rep_${name}`, name },
  workspace: { id: 'ws_api', name: 'api' },
  state,
  since: at,
  diagnosis: null,
  reason: null,
});

const change: Rollout = {
  id: 'rol_1',
  kind: 'change',
  vpn: berlin,
  to: null,
  workspaces: [],
  changed: ['ESP lifetime'],
  strategy: 'one-by-one',
  makeBeforeBreak: true,
  check: null,
  limitSeconds: 60,
  state: 'running',
  waitingFor: null,
  startedAt: at,
  startedBy: null,
  finishedAt: null,
  replicas: [replica('api-1', 'changed'), replica('api-2', 'trying'), replica('api-3', 'skipped')],
};
const move: Rollout = {
  ...change,
  kind: 'move',
  to: other,
  changed: [],
  workspaces: [{ id: 'ws_api', name: 'api' }],
};

test.each([
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C', 'D'], 'A, B, C and D'],
  [['A', 'B', 'C', 'D', 'E'], 'A, B, C and 2 more'],
])('%j is listed as “%s”', (names, words) => {
  expect(listed(names)).toBe(words);
});

describe('the headline', () => {
  it.each([
    ['running', 'Changing ESP lifetime'],
    ['paused', 'The change of ESP lifetime is paused'],
    ['completed', 'Changed ESP lifetime'],
    ['failed', 'The change of ESP lifetime failed and was undone'],
    ['rolled-back', 'The change of ESP lifetime was taken back'],
  ] as const)('of a change that is %s is “%s”', (state, title) => {
    expect(titleOf({ ...change, state }, berlin.id)).toBe(title);
  });

  it('of a move is told from the side it is seen from', () => {
    expect(titleOf(move, berlin.id)).toBe('Moving api to Berlin office 2');
    expect(titleOf(move, other.id)).toBe('Moving api here from Berlin office');
    const none: Rollout = { ...move, workspaces: [], state: 'completed' };
    expect(titleOf(none, berlin.id)).toBe('Moved no workspace to Berlin office 2');
  });
});

test('replicas that are skipped take no part in the progress', () => {
  expect(progressWords(change)).toBe('1 of 2 replicas changed');
  expect(progressWords(move)).toBe('1 of 2 replicas moved');
});

test('a pause says whether somebody wanted it or which replica went back', () => {
  expect(explanationOf({ ...change, state: 'paused' })).toMatch(/^No further replica begins/);
  const replicas = [replica('api-1', 'changed'), replica('api-2', 'went-back')];
  expect(explanationOf({ ...change, state: 'paused', replicas })).toMatch(
    /^api-2 didn’t come up and went back to the settings of before\./,
  );
});

test('what failed says that nothing else was touched', () => {
  expect(explanationOf({ ...change, state: 'failed' })).toMatch(
    /^api-1 tried it first, .* No other replica was touched: Berlin office is as it was before\.$/,
  );
});

test.each([
  [{ kind: 'change', state: 'running' }, 'connecting', 'Changing, 2 done'],
  [{ kind: 'change', state: 'paused' }, 'warning', 'Change paused, 2 done'],
  [{ kind: 'move', state: 'running' }, 'connecting', 'Moving, 2 done'],
  [{ kind: 'move', state: 'paused' }, 'warning', 'Move paused, 2 done'],
] as const)('a list tells %j as %s, “%s”', (summary, state, words) => {
  expect(summaryMark({ id: 'rol_1', changed: 2, replicas: 5, ...summary })).toEqual({ state, words });
});

test('what is over stays on the page for as long as it matters', () => {
  const minutesLater = (minutes: number) => Date.parse(at) + minutes * 60_000;
  const ended = (state: Rollout['state']) => ({ state, finishedAt: at });
  expect(isRecent(ended('completed'), minutesLater(14))).toBe(true);
  expect(isRecent(ended('completed'), minutesLater(16))).toBe(false);
  expect(isRecent(ended('failed'), minutesLater(16))).toBe(true);
  expect(isRecent({ state: 'paused', finishedAt: null }, minutesLater(100_000))).toBe(true);
});
