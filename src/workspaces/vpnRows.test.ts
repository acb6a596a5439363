import { expect, test } from 'vitest';
import type { Diagnosis, Tunnel } from '../../contract/tunnels.ts';
import { summarize } from '../tunnels/summarize.ts';
import { vpnRows } from './vpnRows.ts';

const wrongKey: Diagnosis = {
  code: 'psk_differs',
  severity: 'failure',
  short: 'Pre-shared keys differ',
  title: '',
  cause: '',
  here: { text: '', action: null, command: null },
  gateway: null,
  log: [],
};

const tunnel = (vpn: string, replica: string, diagnosis: Diagnosis | null = null): Tunnel => ({
  id: `${replica}.${vpn}`,
  vpn: { id: vpn, name: vpn },
  workspace: { id: 'ws_1', name: 'api' },
  replica: { id: replica, name: replica },
  state: diagnosis === null ? 'up' : 'failed',
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

const vpns = [
  { id: 'hamburg', name: 'hamburg' },
  { id: 'berlin', name: 'berlin' },
];

test('each VPN is followed by its replicas’ tunnels, by number', () => {
  const rows = vpnRows(vpns, [
    tunnel('berlin', 'api-10'),
    tunnel('hamburg', 'api-2'),
    tunnel('berlin', 'api-2'),
  ]);
  expect(rows.map(({ key }) => key)).toEqual([
    'berlin',
    'api-2.berlin',
    'api-10.berlin',
    'hamburg',
    'api-2.hamburg',
  ]);
});

test('one cause at two VPNs is explained at both: it is mended at each', () => {
  const rows = vpnRows(vpns, [tunnel('berlin', 'api-1', wrongKey), tunnel('hamburg', 'api-1', wrongKey)]);
  const explained = rows.flatMap((row) => (row.kind === 'tunnel' ? [row.explanation] : []));
  expect(explained).toEqual([
    { kind: 'panel', alsoAt: [] },
    { kind: 'panel', alsoAt: [] },
  ]);
});

test('a VPN’s tunnels are counted, and the worst is named', () => {
  const summary = summarize([tunnel('berlin', 'api-1'), tunnel('berlin', 'api-2', wrongKey)]);
  expect(summary).toMatchObject({
    wanted: 2,
    up: 1,
    failed: 1,
    worst: { state: 'failed', short: 'Pre-shared keys differ' },
  });
});
