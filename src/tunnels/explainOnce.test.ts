import { describe, expect, it } from 'vitest';
import type { Diagnosis, Tunnel } from '../../contract/tunnels.ts';
import { explainOnce } from './explainOnce.ts';

const diagnosis = (code: string, log: string[] = []): Diagnosis => ({
  code,
  severity: 'failure',
  short: code,
  title: code,
  cause: '',
  here: { text: '', action: null, command: null },
  gateway: null,
  log,
});

const tunnel = (workspace: string, replica: string, failed: Diagnosis | null = null): Tunnel => ({
  id: `rep_${replica}.vpn_1`,
  vpn: { id: 'vpn_1', name: 'Berlin office' },
  workspace: { id: `ws_${workspace}`, name: workspace },
  replica: { id: `rep_${replica}`, name: replica },
  state: failed === null ? 'up' : 'failed',
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
  diagnosis: failed,
  reportedAt: null,
});

describe('explaining once', () => {
  const first = tunnel('api', 'api-0', diagnosis('psk_differs', ['one']));
  const second = tunnel('api', 'api-1', diagnosis('psk_differs', ['two']));
  const other = tunnel('api', 'api-2', diagnosis('gateway_unreachable'));
  const explanations = explainOnce([first, tunnel('api', 'api-9'), second, other]);

  it('gives one cause one panel, at the first replica, naming the others', () => {
    expect(explanations.get(first.id)).toEqual({ kind: 'panel', alsoAt: [second] });
    expect(explanations.get(second.id)).toEqual({ kind: 'same', as: first });
  });

  it('gives another cause a panel of its own', () => {
    expect(explanations.get(other.id)).toEqual({ kind: 'panel', alsoAt: [] });
  });

  it('says nothing about healthy tunnels', () => {
    expect(explanations.size).toBe(3);
  });

  it('keeps the same code with different remedies apart', () => {
    const here = (command: string) => ({
      ...diagnosis('no_ipsec'),
      here: { text: '', action: null, command },
    });
    const [apt, apk] = [tunnel('api', 'api-3', here('apt install')), tunnel('api', 'api-4', here('apk add'))];
    expect(explainOnce([apt, apk]).get(apk.id)).toEqual({ kind: 'panel', alsoAt: [] });
  });
});
