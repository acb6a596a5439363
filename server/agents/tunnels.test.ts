import { describe, expect, test } from 'vitest';
import { vpnDefaults } from '../../contract/vpns.ts';
import { capable, incapable, tunnelReport } from './fakeAgent.ts';
import { deriveTunnel, tunnelState, type StateFacts, type TunnelFacts } from './tunnels.ts';

const current: StateFacts = {
  online: true,
  ipsecSupported: true,
  reported: 'up',
  appliedRevision: 3,
  oldestRevision: 3,
};

test.each<[string, Partial<StateFacts>, string]>([
  ['up on the wanted revision', {}, 'up'],
  ['connecting on the wanted revision', { reported: 'connecting' }, 'connecting'],
  ['failed on the wanted revision', { reported: 'failed' }, 'failed'],
  ['nothing reported yet', { reported: null, appliedRevision: null }, 'pending'],
  ['up on the revision before', { appliedRevision: 2 }, 'pending'],
  ['failed on the revision before', { reported: 'failed', appliedRevision: 2 }, 'pending'],
  ['failed before anything was applied', { reported: 'failed', appliedRevision: null }, 'failed'],
  ['connecting before anything was applied', { reported: 'connecting', appliedRevision: null }, 'pending'],
  ['a replica that says it can’t', { reported: 'unsupported' }, 'unsupported'],
  ['a replica whose probe says it can’t', { ipsecSupported: false, reported: null }, 'unsupported'],
  ['offline, last up', { online: false }, 'offline'],
  ['offline, and it couldn’t anyway', { online: false, ipsecSupported: false }, 'offline'],
])('the state of a tunnel: %s', (_what, facts, state) => {
  expect(tunnelState({ ...current, ...facts })).toBe(state);
});

const facts = (
  changes: Omit<Partial<TunnelFacts>, 'replica'> & { replica?: Partial<TunnelFacts['replica']> } = {},
): TunnelFacts => ({
  vpn: {
    ...vpnDefaults,
    id: 'vpn_1',
    name: 'Office',
    peerIp: '1.2.3.4',
    peerSubnets: ['10.250.0.0/24'],
    revision: 1,
    oldestRevision: 1,
    updatedAt: '2026-11-21T08:10:00.000Z',
  },
  workspace: { id: 'ws_1', name: 'api', connectedAt: '2026-11-21T08:05:00.000Z' },
  report: { ...tunnelReport('vpn_1'), reportedAt: '2026-11-21T08:20:00.000Z' },
  ...changes,
  replica: {
    id: 'rep_1',
    name: 'api-1',
    hostname: 'host-1',
    localId: 'api-1.x.culvert',
    online: true,
    since: '2026-11-21T08:15:00.000Z',
    ipsec: capable,
    ...changes.replica,
  },
});

describe('a tunnel as it is shown', () => {
  test('a healthy one carries its figures and no diagnosis', () => {
    expect(deriveTunnel(facts())).toEqual({
      id: 'rep_1.vpn_1',
      vpn: { id: 'vpn_1', name: 'Office' },
      workspace: { id: 'ws_1', name: 'api' },
      replica: { id: 'rep_1', name: 'api-1' },
      state: 'up',
      lastState: null,
      since: '2026-11-21T08:00:00.000Z',
      attempt: 0,
      nextTryAt: null,
      virtualIp: '10.200.0.1',
      bytesIn: 100,
      bytesOut: 200,
      ikeEstablishedAt: '2026-11-21T08:00:00.000Z',
      ikeSuite: 'AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
      espSuite: 'AES_CBC-256/HMAC_SHA2_256_128',
      remoteSubnets: ['10.250.0.0/24'],
      appliedRevision: 1,
      wantedRevision: 1,
      diagnosis: null,
      reportedAt: '2026-11-21T08:20:00.000Z',
    });
  });

  test('one whose replica is away shows the last known, and since when it is away', () => {
    const tunnel = deriveTunnel(facts({ replica: { online: false, since: '2026-11-21T08:30:00.000Z' } }));
    expect(tunnel).toMatchObject({
      state: 'offline',
      lastState: 'up',
      since: '2026-11-21T08:30:00.000Z',
      virtualIp: '10.200.0.1',
      diagnosis: { code: 'replica_offline' },
    });
  });

  test('a pending one shows no figures of the tunnel that it replaces', () => {
    const tunnel = deriveTunnel(facts({ vpn: { ...facts().vpn, revision: 2, oldestRevision: 2 } }));
    expect(tunnel).toMatchObject({
      state: 'pending',
      since: '2026-11-21T08:15:00.000Z',
      virtualIp: null,
      bytesIn: 0,
      appliedRevision: 1,
      wantedRevision: 2,
      diagnosis: { code: 'not_delivered', severity: 'warning' },
    });
  });

  test('one on a machine that can’t do IPsec says why, and the command that mends it', () => {
    const tunnel = deriveTunnel(facts({ report: null, replica: { ipsec: incapable } }));
    expect(tunnel).toMatchObject({
      state: 'unsupported',
      diagnosis: { cause: 'There is no /dev/net/tun.', here: { command: 'sudo modprobe tun' } },
    });
  });

  test('a machine that is still being probed isn’t said to be unable', () => {
    const probing = { ...incapable, code: 'probing' };
    expect(deriveTunnel(facts({ report: null, replica: { ipsec: probing } })).state).toBe('pending');
  });

  test('a failed one is explained by the contract’s table, with the lines that prove it', () => {
    const report = tunnelReport('vpn_1', {
      state: 'failed',
      attempt: 3,
      diagnosis: { code: 'gateway_unreachable', parts: {}, log: ['giving up after 5 retransmits'] },
    });
    const tunnel = deriveTunnel(facts({ report: { ...report, reportedAt: '2026-11-21T08:20:00.000Z' } }));
    expect(tunnel).toMatchObject({
      state: 'failed',
      attempt: 3,
      diagnosis: { severity: 'failure', log: ['giving up after 5 retransmits'] },
    });
  });
});
