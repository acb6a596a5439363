import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { secretsFor, variantOfGuide, type GatewayVariant } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
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

const version = (ikeVersion: 1 | 2): Pick<DesiredVpn, 'ike'> => ({
  ike: { version: ikeVersion, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
});
const ikeSuite = (ikeVersion: 1 | 2, suite: string): Pick<DesiredVpn, 'ike'> => ({
  ike: { version: ikeVersion, lifetimeSeconds: 3600, proposals: [suite] },
});
const espSuite = (suite: string): Pick<DesiredVpn, 'esp'> => ({
  esp: { lifetimeSeconds: 28_800, proposals: [suite] },
});

type Failure = {
  name: string;
  ikeVersion: 1 | 2;
  gateway?: Partial<GatewayVariant>;
  wrong: Partial<DesiredVpn>;
  mended?: Partial<DesiredVpn>;
  code: string;
  parts?: Record<string, string>;
};

/** Wrong in the VPN, and mended there: the gateway stays as it is. */
const failures: Failure[] = [
  { name: 'wrong PSK', ikeVersion: 1, wrong: { preSharedKey: 'something else' }, code: 'psk_differs_v1' },
  { name: 'wrong PSK', ikeVersion: 2, wrong: { preSharedKey: 'something else' }, code: 'psk_differs_v2' },
  {
    name: 'IKE suite refused',
    ikeVersion: 1,
    wrong: ikeSuite(1, 'aes128-sha1-modp1536'),
    code: 'ike_suite_refused',
  },
  {
    name: 'IKE suite refused',
    ikeVersion: 2,
    wrong: ikeSuite(2, 'aes128-sha1-modp1536'),
    code: 'ike_suite_refused',
  },
  { name: 'IKE version differs', ikeVersion: 2, wrong: version(1), code: 'ike_suite_refused' },
  {
    name: 'ESP suite refused',
    ikeVersion: 1,
    wrong: espSuite('aes128-sha1-modp2048'),
    code: 'esp_suite_refused',
  },
  {
    name: 'ESP suite refused',
    ikeVersion: 2,
    wrong: espSuite('aes128-sha1-modp2048'),
    code: 'esp_suite_refused',
  },
  {
    name: 'subnet refused',
    ikeVersion: 1,
    gateway: { leftsubnet: '10.250.0.0/24' },
    wrong: { peerSubnets: ['10.251.0.0/24'] },
    code: 'subnet_refused',
    parts: { subnets: '10.251.0.0/24' },
  },
  {
    name: 'subnet refused',
    ikeVersion: 2,
    gateway: { leftsubnet: '10.250.0.0/24' },
    wrong: { peerSubnets: ['10.251.0.0/24'] },
    code: 'subnet_refused',
    parts: { subnets: '10.251.0.0/24' },
  },
  {
    name: 'peer identity differs',
    ikeVersion: 1,
    gateway: { leftid: '10.0.0.1' },
    wrong: {},
    mended: { peerId: '10.0.0.1' },
    code: 'peer_identity_differs',
    parts: { shown: '10.0.0.1', expected: '1.2.3.4' },
  },
  {
    name: 'peer identity differs',
    ikeVersion: 2,
    gateway: { leftid: '10.0.0.1' },
    wrong: {},
    mended: { peerId: '10.0.0.1' },
    code: 'peer_identity_differs',
    parts: { shown: '10.0.0.1', expected: '1.2.3.4' },
  },
];

describe('wrong in the VPN, mended there', () => {
  for (const { name, ikeVersion, gateway, wrong, mended, code, parts } of failures) {
    test(`IKEv${ikeVersion}: ${name}`, async () => {
      await startGateway({ ikeVersion, ...gateway });
      const failing = guideVpn({ ...version(ikeVersion), ...wrong });
      replica.apply(failing);
      const { diagnosis, nextTryAt } = await replica.failed(failing, 5000);
      expect(diagnosis).toMatchObject({ code, ...(parts ? { parts } : {}) });
      expect(diagnosis?.log.length).toBeGreaterThan(0);
      expect(nextTryAt).not.toBeNull();
      const right = guideVpn({ ...version(ikeVersion), ...mended, revision: 2 });
      replica.apply(right);
      expect((await replica.up(right, 5000)).diagnosis).toBeNull();
      expect(await replica.ping('10.250.0.5')).not.toBeNull();
    });
  }
});

describe('wrong at the gateway, mended there', () => {
  test('IKEv2: no address pool', async () => {
    await startGateway({ ikeVersion: 2, pool: null });
    const vpn = guideVpn(version(2));
    replica.apply(vpn);
    expect((await replica.failed(vpn, 5000)).diagnosis?.code).toBe('no_address_pool');
    await startGateway({ ikeVersion: 2 });
    await replica.up(vpn);
  });

  test('IKEv1: no address pool', async () => {
    await startGateway({ ikeVersion: 1, pool: null });
    replica.apply(guideVpn());
    const seen = await replica.reported('vpn_guide', ({ diagnosis }) => diagnosis !== null, 5000);
    expect(['no_virtual_ip', 'closed_without_virtual_ip']).toContain(seen.diagnosis?.code);
    await startGateway({ ikeVersion: 1 });
    await replica.reported('vpn_guide', ({ state, diagnosis }) => state === 'up' && diagnosis === null);
  });

  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: the gateway’s key is wrong; it recovers by itself once it is mended`, async () => {
      await startGateway({ ikeVersion }, 'not the key of the VPN');
      const vpn = guideVpn(version(ikeVersion));
      replica.apply(vpn);
      expect((await replica.failed(vpn, 5000)).diagnosis?.code).toBe(`psk_differs_v${ikeVersion}`);
      await startGateway({ ikeVersion });
      await replica.up(vpn);
    });
  }

  test.each([
    [1, 'gateway_key_missing'],
    [2, 'psk_differs_v2'],
  ] as const)('IKEv%i: the gateway has no key for unknown peers: %s', async (ikeVersion, code) => {
    await lab.gateway.stop();
    lab.gateway.write(variantOfGuide({ ikeVersion }), '9.9.9.8 9.9.9.9 : PSK "for somebody else"\n');
    await lab.gateway.start();
    const vpn = guideVpn(version(ikeVersion));
    replica.apply(vpn);
    expect((await replica.failed(vpn, 5000)).diagnosis?.code).toBe(code);
  });

  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: the gateway lets in one identity only`, async () => {
      await startGateway({ ikeVersion, rightid: 'somebody.else' });
      const vpn = guideVpn(version(ikeVersion));
      replica.apply(vpn);
      const codes = { 1: ['identity_refused'], 2: ['psk_differs_v2'] };
      expect(codes[ikeVersion]).toContain((await replica.failed(vpn, 20_000)).diagnosis?.code);
    });
  }

  test('a narrowed subnet is a warning on a tunnel that is up', async () => {
    await startGateway({ ikeVersion: 2, leftsubnet: '10.250.0.0/24' });
    const vpn = guideVpn({ ...version(2), peerSubnets: ['10.0.0.0/8'] });
    replica.apply(vpn);
    const { diagnosis } = await replica.up(vpn);
    expect(diagnosis).toMatchObject({ code: 'subnet_narrowed', parts: { installed: '10.250.0.0/24' } });
  });

  test('IKEv1: one of two subnets refused is a warning, and the other works', async () => {
    await startGateway({ leftsubnet: '10.250.0.0/24' });
    const vpn = guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] });
    replica.apply(vpn);
    const { diagnosis } = await replica.up(vpn);
    expect(diagnosis).toMatchObject({ code: 'some_subnets_refused', parts: { subnets: '10.251.0.0/24' } });
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
  });

  test('a private network that sends nothing back is a warning, until something comes', async () => {
    await startGateway({});
    await lab.gateway.namespace.must('ip', 'route', 'add', 'blackhole', '10.250.0.77');
    replica.apply(guideVpn());
    await replica.up(guideVpn());
    const silent = replica.namespace.spawn(['ping', '-i', '0.5', '10.250.0.77'], { stdio: 'ignore' });
    try {
      await replica.reported(
        'vpn_guide',
        ({ diagnosis }) => diagnosis?.code === 'nothing_comes_back',
        20_000,
      );
    } finally {
      silent.kill();
    }
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    await replica.reported('vpn_guide', ({ state, diagnosis }) => state === 'up' && diagnosis === null);
  });
});

describe('no way to the gateway', () => {
  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: unreachable shows within 15 s, and it comes up once the gateway is there`, async () => {
      await lab.gateway.stop();
      const vpn = guideVpn(version(ikeVersion));
      replica.apply(vpn);
      await replica.reported(
        'vpn_guide',
        ({ diagnosis }) => diagnosis?.code === 'gateway_unreachable',
        15_000,
      );
      expect((await replica.failed(vpn, 15_000)).diagnosis?.code).toBe('gateway_unreachable');
      await startGateway({ ikeVersion });
      replica.retry('vpn_guide');
      await replica.up(vpn);
    });
  }

  for (const { ikeVersion, code } of [
    { ikeVersion: 1, code: 'silent_after_key_exchange' },
    { ikeVersion: 2, code: 'udp_4500_blocked' },
  ] as const) {
    test(`IKEv${ikeVersion}: UDP 4500 blocked is ${code}`, async () => {
      await startGateway({ ikeVersion });
      const rules =
        'table inet block { chain in { type filter hook input priority 0; udp dport 4500 drop; }; }';
      await lab.gateway.namespace.must('nft', rules);
      try {
        const vpn = guideVpn(version(ikeVersion));
        replica.apply(vpn);
        expect((await replica.failed(vpn, 20_000)).diagnosis?.code).toBe(code);
      } finally {
        await lab.gateway.namespace.must('nft', 'delete', 'table', 'inet', 'block');
      }
      replica.retry('vpn_guide');
      await replica.up(guideVpn());
    });
  }

  test.each([1, 2] as const)('IKEv%i: no route at all says so', async (ikeVersion) => {
    const vpn = guideVpn({ ...version(ikeVersion), peerIp: '198.51.100.7', peerId: '198.51.100.7' });
    await replica.namespace.must('ip', 'route', 'del', 'default');
    try {
      replica.apply(vpn);
      expect((await replica.failed(vpn, 20_000)).diagnosis?.code).toBe('no_route');
    } finally {
      await replica.namespace.must('ip', 'route', 'add', 'default', 'via', '1.2.3.1');
    }
  });
});

test('settings that charon doesn’t take are refused with its words', async () => {
  const vpn = guideVpn(ikeSuite(2, 'aes256-sha256'));
  replica.apply(vpn);
  const { diagnosis } = await replica.failed(vpn, 5000);
  expect(diagnosis?.code).toBe('config_refused');
  expect(diagnosis?.parts['reason']).toContain('proposals');
});
