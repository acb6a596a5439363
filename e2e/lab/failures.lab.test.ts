import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { variantOfGuide, type GatewayVariant } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { esp, ike, startGateway } from './trialSteps.ts';
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
    wrong: ike(1, 'aes128-sha1-modp1536'),
    code: 'ike_suite_refused',
  },
  {
    name: 'IKE suite refused',
    ikeVersion: 2,
    wrong: ike(2, 'aes128-sha1-modp1536'),
    code: 'ike_suite_refused',
  },
  { name: 'IKE version differs', ikeVersion: 2, wrong: ike(1), code: 'ike_suite_refused' },
  {
    name: 'ESP suite refused',
    ikeVersion: 1,
    wrong: esp('aes128-sha1-modp2048'),
    code: 'esp_suite_refused',
  },
  {
    name: 'ESP suite refused',
    ikeVersion: 2,
    wrong: esp('aes128-sha1-modp2048'),
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
      await startGateway(lab, { ikeVersion, ...gateway });
      const failing = guideVpn({ ...ike(ikeVersion), ...wrong });
      replica.apply(failing);
      const { diagnosis, attempt, nextTryAt } = await replica.failed(failing);
      expect(attempt).toBe(1);
      expect(diagnosis).toMatchObject({ code, ...(parts ? { parts } : {}) });
      expect(diagnosis?.log.length).toBeGreaterThan(0);
      const right = guideVpn({ ...ike(ikeVersion), ...mended, revision: 2 });
      replica.apply(right);
      expect((await replica.up(right)).diagnosis).toBeNull();
      const mending = replica.history.findLast(({ state }) => state === 'connecting');
      expect(Date.parse(mending?.since ?? '')).toBeLessThan(Date.parse(nextTryAt ?? ''));
      expect(await replica.ping('10.250.0.5')).not.toBeNull();
    });
  }
});

describe('wrong at the gateway, mended there', () => {
  test('IKEv2: no address pool', async () => {
    await startGateway(lab, { ikeVersion: 2, pool: null });
    const vpn = guideVpn(ike(2));
    replica.apply(vpn);
    expect((await replica.failed(vpn)).diagnosis?.code).toBe('no_address_pool');
    await startGateway(lab, { ikeVersion: 2 });
    await replica.up(vpn);
  });

  test('IKEv1: no address pool', async () => {
    await startGateway(lab, { ikeVersion: 1, pool: null });
    replica.apply(guideVpn());
    const seen = await replica.reported('vpn_guide', ({ diagnosis }) => diagnosis !== null);
    expect(['no_virtual_ip', 'closed_without_virtual_ip']).toContain(seen.diagnosis?.code);
    await startGateway(lab, { ikeVersion: 1 });
    await replica.reported('vpn_guide', ({ state, diagnosis }) => state === 'up' && diagnosis === null);
  });

  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: the gateway’s key is wrong; it recovers by itself once it is mended`, async () => {
      await startGateway(lab, { ikeVersion }, { key: 'not the key of the VPN' });
      const vpn = guideVpn(ike(ikeVersion));
      replica.apply(vpn);
      expect((await replica.failed(vpn)).diagnosis?.code).toBe(`psk_differs_v${ikeVersion}`);
      await startGateway(lab, { ikeVersion });
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
    const vpn = guideVpn(ike(ikeVersion));
    replica.apply(vpn);
    expect((await replica.failed(vpn)).diagnosis?.code).toBe(code);
  });

  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: the gateway lets in one identity only`, async () => {
      await startGateway(lab, { ikeVersion, rightid: 'somebody.else' });
      const vpn = guideVpn(ike(ikeVersion));
      replica.apply(vpn);
      const codes = { 1: ['identity_refused'], 2: ['psk_differs_v2'] };
      expect(codes[ikeVersion]).toContain((await replica.failed(vpn, 20_000)).diagnosis?.code);
    });
  }

  test('a narrowed subnet is a warning on a tunnel that is up', async () => {
    await startGateway(lab, { ikeVersion: 2, leftsubnet: '10.250.0.0/24' });
    const vpn = guideVpn({ ...ike(2), peerSubnets: ['10.0.0.0/8'] });
    replica.apply(vpn);
    const { diagnosis } = await replica.up(vpn);
    expect(diagnosis).toMatchObject({ code: 'subnet_narrowed', parts: { installed: '10.250.0.0/24' } });
  });

  test('IKEv1: one of two subnets refused is a warning, and the other works', async () => {
    await startGateway(lab, { leftsubnet: '10.250.0.0/24' });
    const vpn = guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] });
    replica.apply(vpn);
    const { diagnosis } = await replica.up(vpn);
    expect(diagnosis).toMatchObject({ code: 'some_subnets_refused', parts: { subnets: '10.251.0.0/24' } });
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
  });

  test('a private network that sends nothing back is a warning, until something comes', async () => {
    await startGateway(lab, {});
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

test('settings that charon doesn’t take are refused with its words', async () => {
  const vpn = guideVpn(ike(2, 'aes256-sha256'));
  replica.apply(vpn);
  const { diagnosis } = await replica.failed(vpn);
  expect(diagnosis?.code).toBe('config_refused');
  expect(diagnosis?.parts['reason']).toContain('proposals');
});
