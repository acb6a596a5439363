import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { secretsFor, variantOfGuide, type GatewayVariant } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { steadyPing } from './steadyPing.ts';
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

async function startGateway(variant: Partial<GatewayVariant>, key = LAB_KEY): Promise<void> {
  await lab.gateway.stop();
  lab.gateway.write(variantOfGuide(variant), secretsFor(variant.leftid ?? '1.2.3.4', key));
  await lab.gateway.start();
}

const ike = (version: 1 | 2, suite = 'aes256-sha256-modp2048'): Pick<DesiredVpn, 'ike'> => ({
  ike: { version, lifetimeSeconds: 3600, proposals: [suite] },
});
const esp = (suite: string): Pick<DesiredVpn, 'esp'> => ({
  esp: { lifetimeSeconds: 28_800, proposals: [suite] },
});
/** Settings to test, as the server sends them. */
const tested = (changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ id: 'try_1', name: 'tested', revision: 0, localId: 'replica-1.culvert-test', ...changes });
const nowhere = { peerIp: '1.2.3.99', peerId: '1.2.3.99' };

/** Everything on the replica that a test could touch or leave behind. */
async function surroundings(): Promise<string> {
  const script = [
    'ip -o link show',
    'ip -o address show',
    'ip rule',
    'ip route show table all',
    'nft list ruleset',
    'ss -Hulnp',
  ].join('; ');
  const { stdout } = await replica.namespace.exec(['sh', '-c', script]);
  const pids = (await replica.charons()).map(({ pid }) => pid);
  return [stdout, ...pids, `folder: ${existsSync(join(replica.stateDir, 'trial'))}`].join('\n');
}

/** Waits until a test's charon answers. */
const begun = () => until(() => existsSync(join(replica.stateDir, 'trial', 'ipsec', 'vici')), 5000);

/** IKE_SAs with a test that the gateway set up since `from` in its log, and how many of them are gone again. */
function gatewaySas(from: number): { established: number; deleted: number } {
  const lines = lab.gateway.log().slice(from).split('\n');
  const count = (sign: RegExp) => lines.filter((line) => sign.test(line)).length;
  return {
    established: count(/IKE_SA workspaces\[\d+\] established between .*-test\]$/),
    deleted: count(/deleting IKE_SA workspaces\[\d+\] between .*-test\]$/),
  };
}

describe('settings that fit', () => {
  for (const version of [1, 2] as const) {
    test(`IKEv${version}: a tunnel would come up, the gateway is told of its end, and nothing stays`, async () => {
      await startGateway({ ikeVersion: version });
      const [before, logged] = [await surroundings(), lab.gateway.log().length];
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
      expect(await surroundings()).toBe(before);
      expect(gatewaySas(logged)).toEqual({ established: 1, deleted: 1 });
    });
  }

  test('IKEv1: each of several subnets is tried, and the one that is refused is named', async () => {
    await startGateway({ leftsubnet: '10.250.0.0/24' });
    const peerSubnets = ['10.251.0.0/24', '10.250.0.0/24'];
    expect(await replica.test(tested({ peerSubnets })).outcome).toMatchObject({
      outcome: 'up',
      remoteSubnets: ['10.250.0.0/24'],
      diagnosis: { code: 'some_subnets_refused', parts: { subnets: '10.251.0.0/24' } },
    });
  });

  test('IKEv2: a narrowed subnet is a warning', async () => {
    await startGateway({ ikeVersion: 2, leftsubnet: '10.250.0.0/24' });
    const outcome = await replica.test(tested({ ...ike(2), peerSubnets: ['10.0.0.0/8'] })).outcome;
    expect(outcome).toMatchObject({ outcome: 'up', diagnosis: { code: 'subnet_narrowed' } });
  });

  test('nothing comes in through a test, even to an address that the replica has', async () => {
    await startGateway({ ikeVersion: 1 });
    const address = (what: 'add' | 'del') =>
      replica.namespace.must('ip', 'address', what, '10.200.0.1/32', 'dev', 'lo');
    await address('add');
    const pings = lab.db.spawn(['ping', '-n', '-i', '0.05', '10.200.0.1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let answers = '';
    pings.stdout?.on('data', (chunk) => (answers += String(chunk)));
    try {
      const logged = lab.gateway.log().length;
      const { virtualIp } = await replica.test(tested(ike(1))).outcome;
      expect(virtualIp).toBe('10.200.0.1');
      // The gateway did send them, while the test was up.
      const sent = /closing CHILD_SA .* \((\d+) bytes\) and TS/.exec(lab.gateway.log().slice(logged))?.[1];
      expect(Number(sent)).toBeGreaterThan(0);
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
      await startGateway({ ikeVersion: version, ...gateway });
      const [before, logged] = [await surroundings(), lab.gateway.log().length];
      const outcome = await replica.test(tested({ ...ike(version), ...settings })).outcome;
      expect(outcome).toMatchObject({ outcome: 'failed', reached, diagnosis: { code }, virtualIp: null });
      expect(outcome.diagnosis?.log.length).toBeGreaterThan(0);
      expect(outcome.tookMs).toBeLessThan(5000);
      expect(await surroundings()).toBe(before);
      const { established, deleted } = gatewaySas(logged);
      expect(deleted).toBe(established);
    });
  }

  test('IKEv1: no address pool', async () => {
    await startGateway({ ikeVersion: 1, pool: null });
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
    await startGateway({ ikeVersion: 2 });
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

describe('beside a running tunnel to the same gateway and subnets', () => {
  for (const version of [1, 2] as const) {
    test(`IKEv${version}: not a ping is lost while tests come up, fail, run out of time and are killed with the agent`, async () => {
      await startGateway({ ikeVersion: version });
      const vpn = guideVpn(ike(version));
      replica.apply(vpn);
      await replica.up(vpn);
      const before = await surroundings();
      const pings = steadyPing(replica.namespace, '10.250.0.5', 0.01);
      await pings.begun();

      expect((await replica.test(tested(ike(version))).outcome).outcome).toBe('up');
      const wrongKey = tested({ ...ike(version), preSharedKey: 'something else' });
      expect((await replica.test(wrongKey).outcome).outcome).toBe('failed');
      const wrongSuite = tested({ ...ike(version), ...esp('aes128-sha1-modp2048') });
      expect((await replica.test(wrongSuite).outcome).outcome).toBe('failed');
      const late = await replica.test(tested({ ...ike(version), ...nowhere }), 1500).outcome;
      expect(late.tookMs).toBeLessThan(3000);
      expect(await surroundings()).toBe(before);

      void replica.test(tested({ ...ike(version), ...nowhere }));
      await begun();
      await replica.kill();
      expect(await replica.charons()).toHaveLength(2);
      replica.start();
      replica.applyAgain();
      await replica.up(vpn);
      await until(async () => (await surroundings()) === before, 10_000);

      const { sent, lost } = await pings.stop();
      expect(sent).toBeGreaterThan(100);
      expect(lost).toBe(0);
      expect(replica.history.filter(({ state }) => state === 'failed')).toEqual([]);
    });
  }
});

describe('one at a time', () => {
  test('a second test is told that the replica is busy; one that was stopped doesn’t count', async () => {
    await startGateway({ ikeVersion: 2 });
    const before = await surroundings();
    const first = replica.test(tested({ ...ike(2), ...nowhere }));
    await begun();
    expect(await replica.test(tested(ike(2))).outcome).toMatchObject({ outcome: 'busy', diagnosis: null });
    first.stop();
    expect((await replica.test(tested(ike(2))).outcome).outcome).toBe('up');
    expect((await first.outcome).outcome).toBe('failed');
    expect(await surroundings()).toBe(before);
  });

  test('an agent that ends takes its test with it', async () => {
    const before = await surroundings();
    const running = replica.test(tested({ ...ike(2), ...nowhere }));
    await begun();
    await replica.close({ keepTunnels: true });
    expect((await running.outcome).outcome).toBe('failed');
    expect(await surroundings()).toBe(before);
  });
});
