import { expect, test } from 'vitest';
import type { ChangeReport, SafeChange } from '../../../contract/agentProtocol.ts';
import { guideVpn } from '../desiredVpn.testing.ts';
import { intentOf, type ChangeRecord } from './intent.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const wanted = guideVpn({ revision: 2, preSharedKey: 'another' });
const safe: SafeChange = { vpnId: 'vpn_guide', previous: guideVpn(), limitMs: 60_000, check: null };
const recordOf = (state: ChangeReport['state'], change: Partial<ChangeRecord> = {}): ChangeRecord => ({
  vpnId: 'vpn_guide',
  key: 'this',
  deadline: now + 10_000,
  report: { revision: 2, state, reason: null, diagnosis: null, at: '2026-11-21T11:00:00.000Z' },
  ...change,
});

/** What runs, and what is kept: the state, and when the limit is over. */
const outcome = (
  record: ChangeRecord | null,
  change: SafeChange | null,
  at = now,
  unchanged = false,
): string => {
  const intent = intentOf(record, 'this', wanted, change, { now: at, unchanged });
  const kept = intent.record;
  return [
    intent.runs,
    kept === null ? 'nothing kept' : `${kept.report.state} until ${kept.deadline - now}`,
  ].join(', ');
};

test.each<[string, string, string]>([
  ['a change that is new', outcome(null, safe), 'previous, trying until 60000'],
  ['it is told again', outcome(recordOf('trying'), safe), 'previous, trying until 10000'],
  [
    'after a restart past its limit',
    outcome(recordOf('trying'), safe, now + 20_000),
    'previous, trying until 10000',
  ],
  [
    'after the clock was set back',
    outcome(recordOf('trying'), safe, now - 80_000),
    'previous, trying until -20000',
  ],
  ['it was kept', outcome(recordOf('kept'), safe), 'wanted, kept until 10000'],
  ['it was kept, and is wanted without a trial', outcome(recordOf('kept'), null), 'wanted, kept until 10000'],
  ['it went back', outcome(recordOf('went-back'), safe), 'previous, went-back until 10000'],
  [
    'it went back, and is wanted without a trial',
    outcome(recordOf('went-back'), null),
    'wanted, nothing kept',
  ],
  ['it is tried, and is wanted without a trial', outcome(recordOf('trying'), null), 'wanted, nothing kept'],
  [
    'another went back',
    outcome(recordOf('went-back', { key: 'other' }), safe),
    'previous, trying until 60000',
  ],
  ['another is tried', outcome(recordOf('trying', { key: 'other' }), safe), 'previous, trying until 60000'],
  [
    'another is wanted without a trial',
    outcome(recordOf('kept', { key: 'other' }), null),
    'wanted, nothing kept',
  ],
  ['no tunnel needs to change', outcome(null, safe, now, true), 'wanted, kept until 60000'],
  ['nothing was ever tried', outcome(null, null), 'wanted, nothing kept'],
])('%s: %s', (_, found, expected) => {
  expect(found).toBe(expected);
});

test('a new trial is reported under the revision that is tried', () => {
  const { record } = intentOf(null, 'this', wanted, safe, { now, unchanged: false });
  expect(record?.report).toEqual({
    revision: 2,
    state: 'trying',
    reason: null,
    diagnosis: null,
    at: '2026-11-21T12:00:00.000Z',
  });
});
