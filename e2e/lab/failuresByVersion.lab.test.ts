import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import type { GatewayVariant } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { esp, ike, startGateway } from './trialSteps.ts';
import { guideVpn } from './vpnsOfLab.ts';

let lab: Lab;
let replica: IpsecReplica;

beforeAll(async () => {
  lab = await createLab({ prefix: ownPrefix(), replicas: 2, serverPort: null });
});
afterAll(() => lab.close());
beforeEach(() => {
  replica = new IpsecReplica(lab.replica(1), lab.folder);
  replica.start();
});
afterEach(() => replica.close({ keepTunnels: false }));

/** Codes of everything that a replica has said since it started, each once, in order. */
const codesOf = (history: readonly TunnelReport[]): string[] => [
  ...new Set(history.flatMap(({ diagnosis }) => (diagnosis ? [diagnosis.code] : []))),
];

type Case = {
  name: string;
  versions: readonly (1 | 2)[];
  gateway?: Partial<GatewayVariant>;
  vpn?: Partial<DesiredVpn>;
  code: string;
  parts?: Record<string, string>;
};

/** The tunnel doesn't come up. */
const refused: Case[] = [
  {
    // Row 8 needs a gateway that asks for a group which isn't offered. strongSwan only asks for one of the offered ones.
    name: 'a key exchange group that no suite has in common is a suite refused',
    versions: [1, 2],
    gateway: { ike: 'aes256-sha256-ecp384' },
    code: 'ike_suite_refused',
  },
  {
    name: 'a gateway that knows another address only has no suite for this one',
    versions: [1, 2],
    gateway: { right: '9.9.9.9' },
    code: 'ike_suite_refused',
  },
  {
    name: 'the suites fit, but the gateway has the other IKE version',
    versions: [2],
    gateway: { ikeVersion: 1 },
    code: 'ike_suite_refused',
  },
  {
    name: 'the gateway wants another group for the ESP keys (PFS)',
    versions: [1],
    gateway: { esp: 'aes256-sha256-ecp384' },
    code: 'esp_suite_refused',
  },
  {
    name: 'the gateway wants no group for the ESP keys (PFS)',
    versions: [1],
    gateway: { esp: 'aes256-sha256' },
    code: 'esp_suite_refused',
  },
  {
    name: 'a peer subnet that is the gateway itself can’t be installed',
    versions: [1, 2],
    vpn: { peerSubnets: ['1.2.3.4/32'] },
    code: 'install_fails',
  },
  {
    name: 'an ESP suite that this machine doesn’t know can’t be installed',
    versions: [1],
    gateway: { esp: 'aes256gmac-modp2048' },
    vpn: esp('aes256gmac-modp2048'),
    code: 'install_fails',
  },
  {
    // The gateway installs first, and has the same plugins as the replica here: it is the one that refuses.
    name: 'an ESP suite that the gateway can’t install is refused',
    versions: [2],
    gateway: { esp: 'aes256gmac-modp2048' },
    vpn: esp('aes256gmac-modp2048'),
    code: 'esp_suite_refused',
  },
];

describe('it doesn’t come up:', () => {
  for (const { name, versions, gateway, vpn: wrong, code, parts = {} } of refused) {
    test.each(versions)(`IKEv%i, ${name}`, async (version) => {
      await startGateway(lab, { ikeVersion: version, ...gateway });
      const vpn = guideVpn({ ...ike(version), ...wrong });
      replica.apply(vpn);
      const { diagnosis } = await replica.failed(vpn, 10_000);
      expect(diagnosis).toMatchObject({ code, parts });
      expect(diagnosis?.log.length).toBeGreaterThan(0);
      expect(codesOf(replica.history)).toEqual([code]);
    });
  }

  test('IKEv2, the pool has no address left for a second replica', async () => {
    await startGateway(lab, { ikeVersion: 2, pool: '10.200.0.1/32' });
    const other = new IpsecReplica(lab.replica(2), lab.folder);
    other.start();
    try {
      replica.apply(guideVpn(ike(2)));
      await replica.up(guideVpn(ike(2)));
      const second = guideVpn({ ...ike(2), localId: 'replica-2.culvert' });
      other.apply(second);
      expect((await other.failed(second)).diagnosis?.code).toBe('no_address_pool');
      expect(codesOf(replica.history)).toEqual([]);
    } finally {
      await other.close({ keepTunnels: false });
    }
  });
});

/** The tunnel is up, and something is wrong with it. */
const warned: Case[] = [
  {
    name: 'the gateway offers a part of the subnet',
    versions: [1, 2],
    gateway: { leftsubnet: '10.250.0.0/24' },
    vpn: { peerSubnets: ['10.0.0.0/8'] },
    code: 'subnet_narrowed',
    parts: { wanted: '10.0.0.0/8', installed: '10.250.0.0/24' },
  },
  {
    name: 'the gateway offers one of two subnets, in one CHILD_SA',
    versions: [2],
    gateway: { leftsubnet: '10.250.0.0/24' },
    vpn: { peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] },
    code: 'subnet_narrowed',
    parts: { wanted: '10.251.0.0/24', installed: '10.250.0.0/24' },
  },
  {
    name: 'the gateway assigns no virtual IP',
    versions: [1],
    gateway: { pool: null, leftsubnet: '10.250.0.0/24' },
    code: 'no_virtual_ip',
  },
];

describe('it is up, with a warning:', () => {
  for (const { name, versions, gateway, vpn: changes, code, parts = {} } of warned) {
    test.each(versions)(`IKEv%i, ${name}`, async (version) => {
      await startGateway(lab, { ikeVersion: version, ...gateway });
      const vpn = guideVpn({ ...ike(version), ...changes });
      replica.apply(vpn);
      expect((await replica.up(vpn)).diagnosis).toMatchObject({ code, parts });
      expect(codesOf(replica.history)).toEqual([code]);
    });
  }
});

test('IKEv2: with a second suite the gateway’s group costs a round trip, and nothing is said of it', async () => {
  await startGateway(lab, { ikeVersion: 2, ike: 'aes256-sha256-ecp384' });
  const vpn = guideVpn({
    ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048', 'aes256-sha256-ecp384'] },
  });
  replica.apply(vpn);
  expect((await replica.up(vpn)).ikeSuite).toContain('ECP_384');
  expect(lab.gateway.log()).toContain('DH group MODP_2048 unacceptable, requesting ECP_384');
  expect(codesOf(replica.history)).toEqual([]);
});
