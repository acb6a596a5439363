import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import {
  ended,
  established,
  expectMadeBeforeBroken,
  expectMoments,
  giveOtherVirtualIps,
  pinged,
  OTHER_KEY,
  OTHER_SUITE,
  startGateway,
  vpnOf,
} from './changeSteps.ts';
import { secretsFor, variantOfGuide } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { LAB_KEY } from './vpnsOfLab.ts';

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

/** One change of each kind, by what it does to the settings. */
const kinds: readonly {
  kind: string;
  change: (vpn: DesiredVpn) => Partial<DesiredVpn>;
  /** Whether the tunnel gets a new IKE_SA, and whether something of the old one ends. */
  newIke: boolean;
  ends: boolean;
  /** How often the sides take up new keys, which they do at slightly different moments. */
  moments: 0 | 1;
  /** What the gateway needs first. */
  prepare?: () => Promise<void>;
}[] = [
  { kind: 'the name', change: () => ({ name: 'renamed' }), newIke: false, ends: false, moments: 0 },
  {
    kind: 'a subnet, added',
    change: () => ({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] }),
    newIke: false,
    ends: false,
    moments: 0,
  },
  {
    kind: 'the ESP lifetime',
    change: ({ esp }) => ({ esp: { ...esp, lifetimeSeconds: 7200 } }),
    newIke: false,
    ends: true,
    moments: 1,
  },
  {
    kind: 'the ESP suite',
    change: ({ esp }) => ({ esp: { ...esp, proposals: [OTHER_SUITE] } }),
    newIke: false,
    ends: true,
    moments: 1,
  },
  { kind: 'DPD', change: () => ({ dpdDelaySeconds: 10 }), newIke: true, ends: true, moments: 1 },
  {
    kind: 'the IKE lifetime',
    change: ({ ike }) => ({ ike: { ...ike, lifetimeSeconds: 7200 } }),
    newIke: true,
    ends: true,
    moments: 1,
  },
  {
    kind: 'the IKE suite',
    change: ({ ike }) => ({ ike: { ...ike, proposals: [OTHER_SUITE] } }),
    newIke: true,
    ends: true,
    moments: 1,
  },
  {
    kind: 'the pre-shared key',
    change: () => ({ preSharedKey: OTHER_KEY }),
    newIke: true,
    ends: true,
    moments: 1,
    prepare: () => lab.gateway.rereadSecrets(secretsFor('1.2.3.4', OTHER_KEY)),
  },
];

describe.each([1, 2] as const)('IKEv%i: a change of', (version) => {
  beforeEach(() => startGateway(lab, { ikeVersion: version }));

  test.each(kinds)('$kind', async ({ change, newIke, ends, moments, prepare }) => {
    const before = vpnOf(version);
    replica.apply(before);
    const first = await replica.up(before);
    await prepare?.();
    const [ikeBefore, endedBefore] = [established(lab), ended(lab)];
    const after = { ...before, ...change(before), revision: 2 };
    const go = async () => {
      replica.apply(after);
      await replica.up(after);
      await until(() => !ends || ended(lab) > endedBefore, 15_000);
    };
    const pings = await pinged(replica, () => (ends ? expectMadeBeforeBroken(lab, go) : go()));
    expectMoments(pings, moments);
    expect(established(lab) - ikeBefore).toBe(newIke ? 1 : 0);
    const { since, virtualIp } = first;
    await replica.reported(
      after.id,
      ({ remoteSubnets }) => remoteSubnets.length === after.peerSubnets.length,
    );
    expect(replica.report(after.id)).toMatchObject({ state: 'up', since, virtualIp, diagnosis: null });
    expect(new Set(replica.history.map(({ state }) => state))).toEqual(new Set(['connecting', 'up']));
    for (const subnet of after.peerSubnets)
      expect(await replica.ping(subnet.replace('.0/24', '.5'))).not.toBeNull();
  });

  test('the subnets, one less, leaves the others alone', async () => {
    const before = vpnOf(version, { peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] });
    replica.apply(before);
    await replica.up(before);
    const ikeBefore = established(lab);
    const after = { ...before, peerSubnets: ['10.250.0.0/24'], revision: 2 };
    const pings = await pinged(replica, async () => {
      replica.apply(after);
      await replica.up(after);
      await replica.reported(after.id, ({ remoteSubnets }) => remoteSubnets.length === 1);
    });
    expectMoments(pings, version === 1 ? 0 : 1);
    expect(established(lab)).toBe(ikeBefore);
    await until(async () => !(await replica.traces()).includes('10.251.0.0/24'), 15_000);
  });
});

describe('a gateway that', () => {
  test.each([1, 2] as const)(
    'allows one session per identity ends the old one: IKEv%i costs a moment, and isn’t said to be pushed out',
    async (version) => {
      await startGateway(lab, { ikeVersion: version, uniqueids: 'yes' });
      const before = vpnOf(version);
      replica.apply(before);
      await replica.up(before);
      const after = { ...before, dpdDelaySeconds: 10, revision: 2 };
      const pings = await pinged(replica, async () => {
        replica.apply(after);
        await replica.up(after);
      });
      expectMoments(pings, 1);
      expect(replica.history.map(({ diagnosis }) => diagnosis)).not.toContainEqual(
        expect.objectContaining({ code: 'replaced_by_another' }),
      );
    },
  );

  test.each([1, 2] as const)('gives another virtual IP moves the routes to it: IKEv%i', async (version) => {
    await startGateway(lab, { ikeVersion: version });
    const before = vpnOf(version);
    replica.apply(before);
    await replica.up(before);
    await giveOtherVirtualIps(lab, version);
    const after = { ...before, dpdDelaySeconds: 10, revision: 2 };
    const pings = await pinged(replica, async () => {
      replica.apply(after);
      await replica.up(after);
      await until(async () => !(await replica.traces()).includes('10.200.0.1'), 15_000);
    });
    expectMoments(pings, 1);
    expect(replica.report(after.id)?.virtualIp).toMatch(/^10\.201\./);
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    await lab.gateway.restart();
    await until(async () => (await replica.ping('10.250.0.5')) !== null, 10_000);
    replica.apply();
    await until(async () => (await replica.traces()) === '', 15_000);
  });

  test.each([1, 2] as const)(
    'gives another virtual IP, and an agent that is killed before the routes go over to it: IKEv%i',
    async (version) => {
      await startGateway(lab, { ikeVersion: version });
      const before = vpnOf(version);
      replica.apply(before);
      await replica.up(before);
      await giveOtherVirtualIps(lab, version);
      const after = { ...before, dpdDelaySeconds: 10, revision: 2 };
      // Both are up, and for the next agent the new one counts: as when the change was kept a moment before.
      const check = { address: '10.250.0.77', port: null };
      replica.tryOut(after, { previous: before, limitMs: 60_000, check });
      await until(async () => (await replica.traces()).includes('inet 10.201.0.1'), 10_000);
      await replica.kill();
      replica.start();
      replica.apply(after);
      await replica.up(after);
      await until(async () => !(await replica.traces()).includes('10.200.0.1'), 15_000);
      expect(await replica.ping('10.250.0.5')).not.toBeNull();
      expect(replica.report(after.id)?.virtualIp).toMatch(/^10\.201\./);
    },
  );

  test('takes both IKE versions lets a tunnel go from one to the other', async () => {
    await lab.gateway.stop();
    lab.gateway.write(
      variantOfGuide({ ikeVersion: 2 }).replace('keyexchange=ikev2', 'keyexchange=ike'),
      secretsFor('1.2.3.4', LAB_KEY),
    );
    await lab.gateway.start();
    replica.apply(vpnOf(1));
    await replica.up(vpnOf(1));
    const after = vpnOf(2, { revision: 2 });
    const pings = await pinged(replica, async () => {
      replica.apply(after);
      await replica.up(after);
    });
    expectMoments(pings, 1);
  });
});
