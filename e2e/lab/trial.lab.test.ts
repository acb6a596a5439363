import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { GatewayVariant } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { esp, goneAtGateway, ike, nowhere, startGateway, surroundings, tested } from './trialSteps.ts';

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

describe('settings that fit', () => {
  for (const version of [1, 2] as const) {
    test(`IKEv${version}: a tunnel would come up, the gateway is told of its end, and nothing stays`, async () => {
      await startGateway(lab, { ikeVersion: version });
      const [before, logged] = [await surroundings(replica), lab.gateway.log().length];
      const outcome = await replica.test(tested(ike(version))).outcome;
      expect(outcome).toMatchObject({
        outcome: 'up',
        reached: 'esp',
        diagnosis: null,
        virtualIp: expect.stringMatching(/^10\.200\.0\./),
        ikeSuite: 'AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
        remoteSubnets: ['10.250.0.0/24'],
      });
      expect(outcome.tookMs).toBeLessThan(5000);
      expect(await surroundings(replica)).toBe(before);
      expect(await goneAtGateway(lab, logged)).toBe(1);
    });
  }

  test('IKEv1: each of several subnets is tried, and the one that is refused is named', async () => {
    await startGateway(lab, { leftsubnet: '10.250.0.0/24' });
    const peerSubnets = ['10.251.0.0/24', '10.250.0.0/24'];
    expect(await replica.test(tested({ peerSubnets })).outcome).toMatchObject({
      outcome: 'up',
      remoteSubnets: ['10.250.0.0/24'],
      diagnosis: { code: 'some_subnets_refused', parts: { subnets: '10.251.0.0/24' } },
    });
  });

  test('IKEv2: a narrowed subnet is a warning', async () => {
    await startGateway(lab, { ikeVersion: 2, leftsubnet: '10.250.0.0/24' });
    const outcome = await replica.test(tested({ ...ike(2), peerSubnets: ['10.0.0.0/8'] })).outcome;
    expect(outcome).toMatchObject({ outcome: 'up', diagnosis: { code: 'subnet_narrowed' } });
  });

  test('nothing comes in through a test, even to an address that the replica has', async () => {
    await startGateway(lab, { ikeVersion: 1 });
    const address = (what: 'add' | 'del') =>
      replica.namespace.must('ip', 'address', what, '10.200.0.1/32', 'dev', 'lo');
    await address('add');
    const pings = lab.db.spawn(['ping', '-n', '-i', '0.05', '10.200.0.1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let answers = '';
    pings.stdout?.on('data', (chunk) => (answers += String(chunk)));
    // The gateway has a route into its tunnels for as long as there is one.
    const intoTunnels = async () =>
      Number(await lab.gateway.namespace.must('sh', '-c', 'cat /sys/class/net/ipsec0/statistics/tx_packets'));
    try {
      const before = await intoTunnels();
      const { virtualIp } = await replica.test(tested(ike(1))).outcome;
      expect(virtualIp).toBe('10.200.0.1');
      expect(await intoTunnels()).toBeGreaterThan(before + 5);
      expect(answers).not.toContain(' bytes from ');
    } finally {
      pings.kill();
      await address('del');
    }
  });
});

type Failure = {
  name: string;
  version: 1 | 2;
  gateway?: Partial<GatewayVariant>;
  settings?: Partial<DesiredVpn>;
  reached: string;
  code: string;
};

const failures: Failure[] = [
  {
    name: 'IKE suite',
    version: 1,
    settings: ike(1, 'aes128-sha1-modp1536'),
    reached: 'answer',
    code: 'ike_suite_refused',
  },
  {
    name: 'IKE suite',
    version: 2,
    settings: ike(2, 'aes128-sha1-modp1536'),
    reached: 'answer',
    code: 'ike_suite_refused',
  },
  {
    name: 'key',
    version: 1,
    settings: { preSharedKey: 'something else' },
    reached: 'ike',
    code: 'psk_differs_v1',
  },
  {
    name: 'key',
    version: 2,
    settings: { preSharedKey: 'something else' },
    reached: 'ike',
    code: 'psk_differs_v2',
  },
  {
    name: 'peer ID',
    version: 1,
    gateway: { leftid: '10.0.0.1' },
    reached: 'ike',
    code: 'peer_identity_differs',
  },
  {
    name: 'peer ID',
    version: 2,
    gateway: { leftid: '10.0.0.1' },
    reached: 'ike',
    code: 'peer_identity_differs',
  },
  {
    name: 'address pool',
    version: 2,
    gateway: { pool: null },
    reached: 'authentication',
    code: 'no_address_pool',
  },
  {
    name: 'ESP suite',
    version: 1,
    settings: esp('aes128-sha1-modp2048'),
    reached: 'address',
    code: 'esp_suite_refused',
  },
  {
    name: 'ESP suite',
    version: 2,
    settings: esp('aes128-sha1-modp2048'),
    reached: 'address',
    code: 'esp_suite_refused',
  },
  {
    name: 'subnet',
    version: 1,
    gateway: { leftsubnet: '10.250.0.0/24' },
    settings: { peerSubnets: ['10.251.0.0/24'] },
    reached: 'address',
    code: 'subnet_refused',
  },
  {
    name: 'subnet',
    version: 2,
    gateway: { leftsubnet: '10.250.0.0/24' },
    settings: { peerSubnets: ['10.251.0.0/24'] },
    reached: 'address',
    code: 'subnet_refused',
  },
];

describe('settings that don’t fit', () => {
  for (const { name, version, gateway, settings, reached, code } of failures) {
    test(`IKEv${version}: ${name}, after ${reached}`, async () => {
      await startGateway(lab, { ikeVersion: version, ...gateway });
      const [before, logged] = [await surroundings(replica), lab.gateway.log().length];
      const outcome = await replica.test(tested({ ...ike(version), ...settings })).outcome;
      expect(outcome).toMatchObject({ outcome: 'failed', reached, diagnosis: { code }, virtualIp: null });
      expect(outcome.diagnosis?.log.length).toBeGreaterThan(0);
      expect(outcome.tookMs).toBeLessThan(5000);
      expect(await surroundings(replica)).toBe(before);
      await goneAtGateway(lab, logged);
    });
  }

  test('IKEv1: no address pool', async () => {
    await startGateway(lab, { ikeVersion: 1, pool: null });
    const { diagnosis, virtualIp } = await replica.test(tested(ike(1))).outcome;
    expect(['no_virtual_ip', 'closed_without_virtual_ip']).toContain(diagnosis?.code);
    expect(virtualIp).toBeNull();
  });

  for (const version of [1, 2] as const) {
    test(`IKEv${version}: a gateway that doesn’t answer is said to within some eight seconds`, async () => {
      const outcome = await replica.test(tested({ ...ike(version), ...nowhere })).outcome;
      expect(outcome).toMatchObject({
        outcome: 'failed',
        reached: null,
        diagnosis: { code: 'gateway_unreachable' },
      });
      expect(outcome.tookMs).toBeLessThan(9000);
    });
  }

  test('IKEv2: UDP 4500 blocked', async () => {
    await startGateway(lab, { ikeVersion: 2 });
    const rules =
      'table inet block { chain in { type filter hook input priority 0; udp dport 4500 drop; }; }';
    await lab.gateway.namespace.must('nft', rules);
    try {
      const outcome = await replica.test(tested(ike(2))).outcome;
      expect(outcome).toMatchObject({ reached: 'ike', diagnosis: { code: 'udp_4500_blocked' } });
    } finally {
      await lab.gateway.namespace.must('nft', 'delete', 'table', 'inet', 'block');
    }
  });

  test('suites that charon doesn’t take are refused with its words', async () => {
    const outcome = await replica.test(tested(ike(2, 'aes256-sha256'))).outcome;
    expect(outcome).toMatchObject({ reached: null, diagnosis: { code: 'config_refused' } });
  });
});
