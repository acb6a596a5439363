import { describe, expect, it } from 'vitest';
import type { Diagnosis, Tunnel, TunnelSummary } from '../../contract/tunnels.ts';
import { summaryWords, tunnelWords } from './tunnelWords.ts';

const diagnosis = (short: string): Diagnosis => ({
  code: 'esp_suite_refused',
  severity: 'failure',
  short,
  title: '',
  cause: '',
  here: { text: '', action: null, command: null },
  gateway: null,
  log: [],
});

const tunnel = (parts: Partial<Tunnel>): Tunnel => ({
  id: 'rep_1.vpn_1',
  vpn: { id: 'vpn_1', name: 'Berlin office' },
  workspace: { id: 'ws_1', name: 'api' },
  replica: { id: 'rep_1', name: 'api-0' },
  state: 'up',
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
  diagnosis: null,
  reportedAt: null,
  ...parts,
});

describe('a tunnel in words', () => {
  it.each<[Partial<Tunnel>, string, string]>([
    [{}, 'up', 'Up'],
    [{ diagnosis: diagnosis('Nothing comes back') }, 'warning', 'Up, nothing comes back'],
    [{ diagnosis: diagnosis('ESP rekeying fails') }, 'warning', 'Up, ESP rekeying fails'],
    [{ wantedRevision: 2 }, 'connecting', 'Applying the change'],
    [{ state: 'connecting', attempt: 1 }, 'connecting', 'Connecting'],
    [{ state: 'connecting', attempt: 3 }, 'connecting', 'Connecting, try 3'],
    [{ state: 'pending', appliedRevision: null }, 'pending', 'On its way to the replica'],
    [
      { state: 'failed', diagnosis: diagnosis('Cipher suites differ (ESP)') },
      'failed',
      'Cipher suites differ (ESP)',
    ],
    [{ state: 'offline', lastState: 'up' }, 'offline', 'Replica offline, was up'],
    [{ state: 'unsupported' }, 'unsupported', 'This replica can’t do IPsec'],
  ])('%j', (parts, state, words) => {
    expect(tunnelWords(tunnel(parts))).toEqual({ state, words });
  });
});

const summary = (parts: Partial<TunnelSummary>): TunnelSummary => ({
  wanted: 5,
  up: 5,
  warning: 0,
  connecting: 0,
  pending: 0,
  failed: 0,
  offline: 0,
  unsupported: 0,
  worst: null,
  ...parts,
});

describe('tunnels together in words', () => {
  it.each<[Partial<TunnelSummary>, string, string]>([
    [{ wanted: 0, up: 0 }, 'none', 'No workspace connected'],
    [{}, 'up', '5 of 5 up'],
    [{ up: 3, failed: 2, worst: { state: 'failed', short: 'x' } }, 'failed', '3 of 5 up'],
    [
      { warning: 1, worst: { state: 'up', short: 'Nothing comes back' } },
      'warning',
      '5 of 5 up, nothing comes back',
    ],
    [{ up: 4, offline: 1, worst: { state: 'offline', short: 'x' } }, 'offline', '4 of 5 up, 1 offline'],
    [{ up: 4, connecting: 1, worst: { state: 'connecting', short: 'x' } }, 'connecting', '4 of 5 up'],
  ])('%j', (parts, state, words) => {
    expect(summaryWords(summary(parts), 'No workspace connected')).toEqual({ state, words });
  });

  it('name what is counted where it isn’t in the column’s heading', () => {
    expect(summaryWords(summary({}), '', 'tunnels ').words).toBe('5 of 5 tunnels up');
  });
});
