import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guideIpsecConf, secretsFor, uniqueidsNever, variantOfGuide } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { guideVpn, LAB_KEY, modernGateway, modernVpn } from './vpnsOfLab.ts';

let lab: Lab;
let replica: IpsecReplica;

const startGateway = async (conf: string) => {
  await lab.gateway.stop();
  lab.gateway.write(conf, secretsFor('1.2.3.4', LAB_KEY));
  await lab.gateway.start();
};

beforeAll(async () => {
  lab = await createLab({ prefix: ownPrefix(), replicas: 2, serverPort: null });
});
afterAll(() => lab.close());

beforeEach(() => {
  replica = new IpsecReplica(lab.replica(1), lab.folder);
  replica.start();
});
afterEach(() => replica.close({ keepTunnels: false }));

describe('on the guide’s own gateway', () => {
  beforeAll(() => startGateway(uniqueidsNever + guideIpsecConf));

  test('IKEv1 comes up, and ping and TCP reach the private host', async () => {
    replica.apply(guideVpn());
    await until(async () => (await replica.ping('10.250.0.5')) !== null, 15_000);
    const report = await replica.up(guideVpn());
    expect(report).toMatchObject({ attempt: 0, remoteSubnets: ['10.250.0.0/24'], diagnosis: null });
    expect(replica.history.map(({ state }) => state)).not.toContain('failed');
    expect(report.virtualIp).toMatch(/^10\.200\.0\./);
    expect(report.ikeSuite).toBe('AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048');
    const banner = await replica.namespace.exec(
      ['sh', '-c', 'exec 3<>/dev/tcp/10.250.0.5/5432; cat <&3'].with(0, 'bash'),
    );
    expect(banner.stdout).toContain(`hello ${report.virtualIp ?? ''}`);
    expect(await replica.source('vpn_guide')).toEqual({ virtualIp: report.virtualIp, interface: 'ipsec0' });
    await replica.reported('vpn_guide', ({ bytesIn, bytesOut }) => bytesIn > 100 && bytesOut > 100);
  });

  test('IKEv1 with two subnets reaches both', async () => {
    const vpn = guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] });
    replica.apply(vpn);
    expect((await replica.up(vpn)).remoteSubnets).toEqual(['10.250.0.0/24', '10.251.0.0/24']);
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    expect(await replica.ping('10.251.0.5')).not.toBeNull();
  });

  test('the same again, or another name, leaves the tunnel alone', async () => {
    const established = () => lab.gateway.log().match(/CHILD_SA workspaces\{\d+\} established/g)?.length ?? 0;
    const before = established();
    replica.apply(guideVpn());
    const first = await replica.up(guideVpn());
    replica.apply(guideVpn());
    const renamed = guideVpn({ name: 'renamed', revision: 2 });
    replica.apply(renamed);
    const second = await replica.up(renamed);
    expect(second.since).toBe(first.since);
    expect(new Set(replica.history.map(({ state }) => state))).toEqual(new Set(['connecting', 'up']));
    expect(established() - before).toBe(1);
  });

  test('another subnet restarts the tunnel with it', async () => {
    replica.apply(guideVpn());
    await replica.up(guideVpn());
    const moved = guideVpn({ peerSubnets: ['10.251.0.0/24'], revision: 2 });
    replica.apply(moved);
    await replica.up(moved);
    await replica.reported(moved.id, ({ remoteSubnets }) => remoteSubnets.join() === '10.251.0.0/24');
    expect(await replica.ping('10.251.0.5')).not.toBeNull();
  });

  test('a removed VPN leaves nothing: no charon, route, rule, address or firewall', async () => {
    replica.apply(guideVpn());
    await replica.up(guideVpn());
    expect(await replica.traces()).toContain('10.250.0.0/24 dev ipsec0');
    replica.apply();
    await replica.gone('vpn_guide');
    await until(async () => (await replica.traces()) === '', 15_000);
    // Addresses and routes go first; a process with several threads takes a moment to end after them.
    await until(async () => (await replica.charons()).length === 0, 15_000);
  });

  test('nothing behind the gateway can open a connection into the replica', async () => {
    replica.apply(guideVpn());
    const { virtualIp } = await replica.up(guideVpn());
    const listener = replica.namespace.spawn([
      process.execPath,
      '-e',
      'require("net").createServer((s) => s.end()).listen(9000)',
    ]);
    try {
      await until(
        async () => (await replica.namespace.exec(['sh', '-c', 'ss -ltn | grep -q :9000'])).code === 0,
        15_000,
      );
      const knock = () =>
        lab.db.exec(['timeout', '1', 'bash', '-c', `exec 3<>/dev/tcp/${virtualIp ?? ''}/9000`]);
      const echo = () => lab.db.exec(['ping', '-n', '-c', '1', '-W', '1', virtualIp ?? '']);
      expect((await knock()).code).not.toBe(0);
      expect((await echo()).code).not.toBe(0);
      // Without the firewall both get through: it is what keeps them out.
      await replica.namespace.must('nft', 'delete', 'table', 'inet', 'culvert');
      expect((await knock()).code).toBe(0);
      expect((await echo()).code).toBe(0);
    } finally {
      listener.kill();
    }
  });

  test('a peer subnet that contains the gateway keeps IKE out of the tunnel', async () => {
    const vpn = guideVpn({ peerSubnets: ['1.0.0.0/8'] });
    replica.apply(vpn);
    await replica.up(vpn);
    expect((await replica.namespace.must('ip', 'route', 'get', '1.2.3.4')).split('\n')[0]).toContain(
      'dev eth0',
    );
  });

  test('two VPNs with different gateways and keys are up at once, and go one by one', async () => {
    lab.secondGateway.write(
      variantOfGuide({
        ikeVersion: 2,
        leftid: '1.2.3.5',
        leftsubnet: '10.252.0.0/24',
        pool: '10.201.0.0/24',
      }),
      secretsFor('1.2.3.5', 'another key, just as long'),
    );
    await lab.secondGateway.start();
    const other = guideVpn({
      id: 'vpn_second',
      ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
      preSharedKey: 'another key, just as long',
      peerIp: '1.2.3.5',
      peerId: '1.2.3.5',
      peerSubnets: ['10.252.0.0/24'],
    });
    replica.apply(guideVpn(), other);
    await Promise.all([replica.up(guideVpn()), replica.up(other)]);
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    expect(await replica.ping('10.252.0.5')).not.toBeNull();
    replica.apply(other);
    await replica.gone('vpn_guide');
    expect(await replica.ping('10.252.0.5')).not.toBeNull();
    expect(await replica.traces()).not.toContain('10.250.0.0/24');
    await lab.secondGateway.stop();
  });
});

test('IKEv2 with modern suites comes up for two subnets, in one CHILD_SA', async () => {
  await startGateway(variantOfGuide(modernGateway));
  replica.apply(modernVpn());
  const report = await replica.up(modernVpn());
  expect(report.remoteSubnets).toEqual(['10.250.0.0/24', '10.251.0.0/24']);
  expect(report.ikeSuite).toContain('AES_GCM_16-256');
  expect(await replica.ping('10.250.0.5')).not.toBeNull();
  expect(await replica.ping('10.251.0.5')).not.toBeNull();
});

test('two replicas are up at once on a gateway with uniqueids', async () => {
  await startGateway(variantOfGuide({ uniqueids: 'yes' }));
  const other = new IpsecReplica(lab.replica(2), lab.folder);
  other.start();
  try {
    replica.apply(guideVpn());
    await replica.up(guideVpn());
    const second = guideVpn({ localId: 'replica-2.culvert' });
    other.apply(second);
    await other.up(second);
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    expect(await other.ping('10.250.0.5')).not.toBeNull();
  } finally {
    await other.close({ keepTunnels: false });
  }
});

test('replicas that share an identity push each other out of a gateway with uniqueids, and it is said', async () => {
  await startGateway(variantOfGuide({ ikeVersion: 2, uniqueids: 'yes' }));
  const vpn = guideVpn({ ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] } });
  const twin = new IpsecReplica(lab.replica(2), lab.folder);
  twin.start();
  try {
    replica.apply(vpn);
    await replica.up(vpn);
    twin.apply(vpn);
    await replica.reported(vpn.id, ({ diagnosis }) => diagnosis?.code === 'replaced_by_another', 30_000);
  } finally {
    await twin.close({ keepTunnels: false });
  }
});
