import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { secretsFor, variantOfGuide } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { signal, until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { steadyPing, type Pings } from './steadyPing.ts';
import { guideVpn, LAB_KEY } from './vpnsOfLab.ts';

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

async function startGateway(ikeVersion: 1 | 2, changes = ''): Promise<void> {
  await lab.gateway.stop();
  lab.gateway.write(variantOfGuide({ ikeVersion }) + changes, secretsFor('1.2.3.4', LAB_KEY));
  await lab.gateway.start();
}

const vpnOf = (ikeVersion: 1 | 2, changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({
    ike: { version: ikeVersion, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
    ...changes,
  });

/** How many pings are lost while `during` runs. */
async function pinged(during: () => Promise<void>): Promise<Pings> {
  const pings = steadyPing(replica.namespace, '10.250.0.5');
  await pings.begun();
  await during();
  return await pings.stop();
}

describe('the agent', () => {
  beforeAll(() => startGateway(2));

  test('killed and started again takes over the running tunnel: not a ping is lost', async () => {
    replica.apply(vpnOf(2));
    const before = await replica.up(vpnOf(2));
    const charons = await replica.charons();
    const { lost } = await pinged(async () => {
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
    await until(async () => (await replica.traces()) === '', 5000);
    // Addresses and routes go first; a process with several threads takes a moment to end after them.
    await until(async () => (await replica.charons()).length === 0, 5000);
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
  await startGateway(1);
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
      await startGateway(ikeVersion);
      replica.apply(vpnOf(ikeVersion));
      await replica.up(vpnOf(ikeVersion));
      await lab.gateway.restart();
      await until(async () => (await replica.ping('10.250.0.5')) !== null, 5000);
      await replica.up(vpnOf(ikeVersion));
    });

    test(`IKEv${ikeVersion}: away for 12 s, the tunnel is back within 6 s of its return`, async () => {
      await startGateway(ikeVersion);
      replica.apply(vpnOf(ikeVersion));
      await replica.up(vpnOf(ikeVersion));
      await lab.gateway.stop();
      await replica.failed(vpnOf(ikeVersion), 20_000);
      await lab.gateway.start();
      await until(async () => (await replica.ping('10.250.0.5')) !== null, 6000);
    });

    test(`IKEv${ikeVersion}: crashed without a word, it is noticed by dead peer detection`, async () => {
      await startGateway(ikeVersion);
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

describe('renewing keys', () => {
  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: ESP and IKE keys are renewed, and not a ping is lost`, async () => {
      await startGateway(ikeVersion);
      const vpn = vpnOf(ikeVersion, {
        ike: { version: ikeVersion, lifetimeSeconds: 20, proposals: ['aes256-sha256-modp2048'] },
        esp: { lifetimeSeconds: 12, proposals: ['aes256-sha256-modp2048'] },
      });
      replica.apply(vpn);
      const first = await replica.up(vpn);
      const installed = () => lab.gateway.log().match(/CHILD_SA workspaces\{\d+\} established/g)?.length ?? 0;
      const before = installed();
      const { lost } = await pinged(async () => {
        await replica.reported(
          'vpn_guide',
          ({ ikeEstablishedAt }) => ikeEstablishedAt !== first.ikeEstablishedAt,
          40_000,
        );
        await until(() => installed() >= before + 2, 40_000);
      });
      expect(lost).toBe(0);
      expect(replica.report('vpn_guide')).toMatchObject({ state: 'up', since: first.since, diagnosis: null });
      expect(replica.report('vpn_guide')?.bytesIn).toBeGreaterThan(first.bytesIn);
      expect(first.rekeyedAt).toBeNull();
      const renewed = await replica.reported('vpn_guide', ({ rekeyedAt }) => typeof rekeyedAt === 'string');
      expect(Date.parse(renewed.rekeyedAt ?? '')).toBeGreaterThan(Date.parse(first.since));
    });
  }

  test('IKEv2: a gateway that asks to authenticate anew gets it, and the tunnel stays up', async () => {
    // It asks for some 65 s, of which charon takes 60 s off.
    await startGateway(2, '    ikelifetime=70s\n    margintime=5s\n    rekeyfuzz=0%\n');
    replica.apply(vpnOf(2));
    const first = await replica.up(vpnOf(2));
    const { lost } = await pinged(async () => {
      await replica.reported(
        'vpn_guide',
        ({ ikeEstablishedAt }) => ikeEstablishedAt !== first.ikeEstablishedAt,
        40_000,
      );
    });
    // charon ends the old IKE_SA before it starts the new one: a gap of one handshake.
    expect(lost).toBeLessThan(8);
    expect(replica.history.map(({ state }) => state)).not.toContain('failed');
  });
});

describe('another IKE daemon', () => {
  test('on the IKE ports is named, and when it is gone the tunnel comes up by itself', async () => {
    await startGateway(1);
    const other = replica.namespace.spawn([
      process.execPath,
      '-e',
      "require('dgram').createSocket('udp4').bind(500)",
    ]);
    try {
      await until(
        async () => (await replica.namespace.exec(['sh', '-c', 'ss -lun | grep -q :500'])).code === 0,
        5000,
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
