import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { signal, until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { pingsWhile } from './steadyPing.ts';
import { ike, startGateway } from './trialSteps.ts';
import { guideVpn } from './vpnsOfLab.ts';

let lab: Lab;
let replica: IpsecReplica;

beforeAll(async () => {
  lab = await createLab({ prefix: ownPrefix(), replicas: 1, serverPort: null });
});
afterAll(() => lab.close());
beforeEach(() => {
  replica = new IpsecReplica(lab.replica(1), lab.folder);
  replica.start();
});
afterEach(() => replica.close({ keepTunnels: false }));

const vpnOf = (ikeVersion: 1 | 2, changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ ...ike(ikeVersion), ...changes });

describe('the agent', () => {
  beforeAll(() => startGateway(lab, { ikeVersion: 2 }));

  test('killed and started again takes over the running tunnel: not a ping is lost', async () => {
    replica.apply(vpnOf(2));
    const before = await replica.up(vpnOf(2));
    const charons = await replica.charons();
    const { lost } = await pingsWhile(replica.namespace, '10.250.0.5', async () => {
      await replica.kill();
      replica.start();
      replica.applyAgain();
      await replica.up(vpnOf(2));
    });
    expect(lost).toBe(0);
    expect(await replica.charons()).toEqual(charons);
    expect(new Set(replica.history.map(({ state }) => state)).has('failed')).toBe(false);
    const moved = Date.parse(replica.report('vpn_guide')?.since ?? '') - Date.parse(before.since);
    expect(Math.abs(moved)).toBeLessThan(2500);
  });

  test('closed with its tunnels kept leaves them to the next', async () => {
    replica.apply(vpnOf(2));
    await replica.up(vpnOf(2));
    await replica.close({ keepTunnels: true });
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    replica.start();
    replica.applyAgain();
    await replica.up(vpnOf(2));
  });

  test('that starts with other settings than the running tunnel’s restarts it', async () => {
    replica.apply(vpnOf(2));
    await replica.up(vpnOf(2));
    await replica.kill();
    replica.start();
    const changed = vpnOf(2, { revision: 2, preSharedKey: 'changed while the agent was away' });
    replica.apply(changed);
    expect((await replica.failed(changed)).diagnosis?.code).toBe('psk_differs_v2');
  });

  test('that starts without the VPN removes what the earlier one left', async () => {
    replica.apply(vpnOf(2));
    await replica.up(vpnOf(2));
    await replica.kill();
    replica.start();
    replica.apply();
    await until(async () => (await replica.traces()) === '', 15_000);
    // Addresses and routes go first; a process with several threads takes a moment to end after them.
    await until(async () => (await replica.charons()).length === 0, 15_000);
  });

  test('killed, and never started again before it is removed, leaves nothing after close', async () => {
    replica.apply(vpnOf(2));
    await replica.up(vpnOf(2));
    await replica.kill();
    replica.start();
    await replica.close({ keepTunnels: false });
    expect(await replica.traces()).toBe('');
    expect(await replica.charons()).toEqual([]);
  });
});

test('a charon that dies is started again, and the tunnel with it', async () => {
  await startGateway(lab, { ikeVersion: 1 });
  replica.apply(vpnOf(1));
  await replica.up(vpnOf(1));
  const [charon] = await replica.charons();
  if (!charon) throw new Error('No charon runs.');
  signal(charon.pid, charon.startTime, 'SIGKILL');
  await replica.reported('vpn_guide', ({ state }) => state === 'connecting');
  await replica.up(vpnOf(1), 10_000);
  expect(await replica.ping('10.250.0.5')).not.toBeNull();
});

describe('the gateway', () => {
  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: restarted, the tunnel is back within 5 s`, async () => {
      await startGateway(lab, { ikeVersion });
      replica.apply(vpnOf(ikeVersion));
      await replica.up(vpnOf(ikeVersion));
      await lab.gateway.restart();
      await until(async () => (await replica.ping('10.250.0.5')) !== null, 5000);
      await replica.up(vpnOf(ikeVersion));
    });

    test(`IKEv${ikeVersion}: away for 12 s, the tunnel is back within 6 s of its return`, async () => {
      await startGateway(lab, { ikeVersion });
      replica.apply(vpnOf(ikeVersion));
      await replica.up(vpnOf(ikeVersion));
      await lab.gateway.stop();
      await replica.failed(vpnOf(ikeVersion), 20_000);
      await lab.gateway.start();
      await until(async () => (await replica.ping('10.250.0.5')) !== null, 6000);
    });

    test(`IKEv${ikeVersion}: crashed without a word, it is noticed by dead peer detection`, async () => {
      await startGateway(lab, { ikeVersion });
      const vpn = vpnOf(ikeVersion, { dpdDelaySeconds: 5 });
      replica.apply(vpn);
      await replica.up(vpn);
      await lab.gateway.kill();
      await lab.gateway.start();
      await replica.reported('vpn_guide', ({ state }) => state === 'connecting', 45_000);
      await replica.up(vpn, 10_000);
      expect(await replica.ping('10.250.0.5')).not.toBeNull();
    });
  }
});

describe('another IKE daemon', () => {
  test('on the IKE ports is named, and when it is gone the tunnel comes up by itself', async () => {
    await startGateway(lab, { ikeVersion: 1 });
    const other = replica.namespace.spawn([
      process.execPath,
      '-e',
      "require('dgram').createSocket('udp4').bind(500)",
    ]);
    try {
      await until(
        async () => (await replica.namespace.exec(['sh', '-c', 'ss -lun | grep -q :500'])).code === 0,
        15_000,
      );
      replica.apply(vpnOf(1));
      const report = await replica.reported('vpn_guide', ({ state }) => state === 'unsupported');
      expect(report.diagnosis?.parts).toMatchObject({ code: 'ike_port_taken' });
      expect(report.diagnosis?.parts['reason']).toContain('UDP port 500');
      expect(replica.capability?.supported).toBe(false);
    } finally {
      other.kill();
    }
    await replica.up(vpnOf(1), 15_000);
    expect(replica.capability?.supported).toBe(true);
  });
});
