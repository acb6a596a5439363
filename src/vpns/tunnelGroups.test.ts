import { describe, expect, it } from 'vitest';
import type { Tunnel } from '../../contract/tunnels.ts';
import type { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { groupByWorkspace } from './tunnelGroups.ts';

const tunnel = (workspace: string, replica: string): Tunnel => ({
  id: `rep_${replica}.vpn_1`,
  vpn: { id: 'vpn_1', name: 'Berlin office' },
  workspace: { id: `ws_${workspace}`, name: workspace },
  replica: { id: `rep_${replica}`, name: replica },
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
});

const connected = (name: string): ConnectedWorkspace => ({
  workspace: { id: `ws_${name}`, name },
  owner: { id: 'user_1', name: 'Ada' },
  connectedAt: '2026-11-21T08:00:00.000Z',
  connectedBy: null,
  replicas: { total: 0, online: 0 },
  tunnels: {
    wanted: 0,
    up: 0,
    warning: 0,
    connecting: 0,
    pending: 0,
    failed: 0,
    offline: 0,
    unsupported: 0,
    worst: null,
  },
});

describe('grouping by workspace', () => {
  it('keeps a workspace that has no replica yet, and sorts replicas by number', () => {
    const groups = groupByWorkspace(
      [connected('reports'), connected('api'), connected('empty')],
      [tunnel('api', 'api-10'), tunnel('reports', 'reports-0'), tunnel('api', 'api-2')],
    );
    expect(
      groups.map(({ connected: { workspace }, tunnels }) => [
        workspace.name,
        tunnels.map((t) => t.replica.name),
      ]),
    ).toEqual([
      ['api', ['api-2', 'api-10']],
      ['empty', []],
      ['reports', ['reports-0']],
    ]);
  });
});
