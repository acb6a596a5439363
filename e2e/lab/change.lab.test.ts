import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredVpn, SafeChange } from '../../contract/agentProtocol.ts';
import { secretsFor, variantOfGuide, type GatewayVariant } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { signal, until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { steadyPing, type Pings } from './steadyPing.ts';
import { guideVpn, LAB_KEY } from './vpnsOfLab.ts';

const SUITE = 'aes256-sha256-modp2048';
const OTHER_SUITE = 'aes128-sha256-modp2048';
const OTHER_KEY = 'another key, just as long as it was';

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

async function startGateway(changes: Partial<GatewayVariant>): Promise<void> {
  await lab.gateway.stop();
  lab.gateway.write(
    variantOfGuide({ ike: `${SUITE},${OTHER_SUITE}`, esp: `${SUITE},${OTHER_SUITE}`, ...changes }),
    secretsFor('1.2.3.4', LAB_KEY),
  );
  await lab.gateway.start();
}

const vpnOf = (version: 1 | 2, changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ ike: { version, lifetimeSeconds: 3600, proposals: [SUITE] }, ...changes });

const PING_MS = 10;

/** How many pings, `PING_MS` apart, are lost while `during` runs. */
async function pinged(during: () => Promise<unknown>): Promise<Pings> {
  const pings = steadyPing(replica.namespace, '10.250.0.5', PING_MS / 1000);
  await pings.begun();
  await during();
  return await pings.stop();
}

/** From now on the gateway has another pool; tunnels that are up stay so. */
async function givesOtherVirtualIps(ikeVersion: 1 | 2): Promise<void> {
  const added = count(/added configuration 'workspaces'/g);
  lab.gateway.write(variantOfGuide({ ikeVersion, pool: '10.201.0.0/24' }), secretsFor('1.2.3.4', LAB_KEY));
  const [starter] = await lab.gateway.namespace.processes();
  if (!starter) throw new Error('The gateway doesn’t run.');
  signal(starter.pid, starter.startTime, 'SIGHUP');
  await until(() => count(/added configuration 'workspaces'/g) > added, 10_000);
}

const count = (pattern: RegExp) => lab.gateway.log().match(pattern)?.length ?? 0;
const established = () => count(/IKE_SA workspaces\[\d+\] established/g);
const initiated = () => count(/is initiating (?:an IKE_SA|a Main Mode)/g);
/** What the replica ended. */
const ended = () => count(/received DELETE for (?:IKE_SA|ESP CHILD_SA)/g);

const changed = (vpn: DesiredVpn, state: 'kept' | 'went-back', timeoutMs = 30_000) =>
  replica.reported(
    vpn.id,
    ({ change }) => change?.revision === vpn.revision && change.state === state,
    timeoutMs,
  );

/** One change of each kind, by what it does to the settings. */
const kinds: readonly {
  kind: string;
  change: (vpn: DesiredVpn) => Partial<DesiredVpn>;
  /** Whether the tunnel gets a new IKE_SA, and whether something of the old one ends. */
  newIke: boolean;
  ends: boolean;
  /** How many pings, 10 ms apart, it may cost: one where the sides take up new keys at slightly different moments. */
  lost: 0 | 1;
  /** What the gateway needs first. */
  prepare?: () => Promise<void>;
}[] = [
  { kind: 'the name', change: () => ({ name: 'renamed' }), newIke: false, ends: false, lost: 0 },
  {
    kind: 'a subnet, added',
    change: () => ({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] }),
    newIke: false,
    ends: false,
    lost: 0,
  },
  {
    kind: 'the ESP lifetime',
    change: ({ esp }) => ({ esp: { ...esp, lifetimeSeconds: 7200 } }),
    newIke: false,
    ends: true,
    lost: 1,
  },
  {
    kind: 'the ESP suite',
    change: ({ esp }) => ({ esp: { ...esp, proposals: [OTHER_SUITE] } }),
    newIke: false,
    ends: true,
    lost: 1,
  },
  { kind: 'DPD', change: () => ({ dpdDelaySeconds: 10 }), newIke: true, ends: true, lost: 1 },
  {
    kind: 'the IKE lifetime',
    change: ({ ike }) => ({ ike: { ...ike, lifetimeSeconds: 7200 } }),
    newIke: true,
    ends: true,
    lost: 1,
  },
  {
    kind: 'the IKE suite',
    change: ({ ike }) => ({ ike: { ...ike, proposals: [OTHER_SUITE] } }),
    newIke: true,
    ends: true,
    lost: 1,
  },
  {
    kind: 'the pre-shared key',
    change: () => ({ preSharedKey: OTHER_KEY }),
    newIke: true,
    ends: true,
    lost: 1,
    prepare: () => lab.gateway.rereadSecrets(secretsFor('1.2.3.4', OTHER_KEY)),
  },
];

describe.each([1, 2] as const)('IKEv%i: a change of', (version) => {
  beforeEach(() => startGateway({ ikeVersion: version }));

  test.each(kinds)('$kind', async ({ change, newIke, ends, lost, prepare }) => {
    const before = vpnOf(version);
    replica.apply(before);
    const first = await replica.up(before);
    await prepare?.();
    const [ikeBefore, endedBefore] = [established(), ended()];
    const after = { ...before, ...change(before), revision: 2 };
    const pings = await pinged(async () => {
      replica.apply(after);
      await replica.up(after);
      await until(() => !ends || ended() > endedBefore, 5000);
    });
    expect(pings.lost).toBeLessThanOrEqual(lost);
    expect(established() - ikeBefore).toBe(newIke ? 1 : 0);
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
    const ikeBefore = established();
    const after = { ...before, peerSubnets: ['10.250.0.0/24'], revision: 2 };
    const { lost } = await pinged(async () => {
      replica.apply(after);
      await replica.up(after);
      await replica.reported(after.id, ({ remoteSubnets }) => remoteSubnets.length === 1);
    });
    expect(lost).toBeLessThanOrEqual(version === 1 ? 0 : 1);
    expect(established()).toBe(ikeBefore);
    await until(async () => !(await replica.traces()).includes('10.251.0.0/24'), 5000);
  });

  describe('that is tried out:', () => {
    const before = vpnOf(version);
    const tried = (change: Partial<DesiredVpn>, revision = 2) => ({ ...before, ...change, revision });
    const trial = (change: Partial<SafeChange> = {}) => ({
      previous: before,
      limitMs: 20_000,
      check: null,
      ...change,
    });

    beforeEach(async () => {
      replica.apply(before);
      await replica.up(before);
    });

    test('with the right key it is kept, once an address behind the gateway answers', async () => {
      await lab.gateway.rereadSecrets(secretsFor('1.2.3.4', OTHER_KEY));
      const vpn = tried({ preSharedKey: OTHER_KEY });
      const endedBefore = ended();
      const { lost } = await pinged(async () => {
        replica.tryOut(vpn, trial({ check: { address: '10.250.0.5', port: 5432 } }));
        await replica.reported(vpn.id, ({ change }) => change?.state === 'trying');
        const kept = await changed(vpn, 'kept');
        expect(kept.change).toMatchObject({ reason: null, diagnosis: null });
        await until(() => ended() > endedBefore, 5000);
      });
      expect(lost).toBeLessThanOrEqual(1);
      expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 2 });
      replica.apply(vpn);
      await replica.up(vpn);
      expect(replica.report(vpn.id)?.change?.state).toBe('kept');
    });

    test('with a wrong key it goes back, says why, and no ping is lost', async () => {
      const vpn = tried({ preSharedKey: OTHER_KEY });
      const first = replica.report(vpn.id);
      const { lost } = await pinged(async () => {
        replica.tryOut(vpn, trial());
        const { change } = await changed(vpn, 'went-back', 20_000);
        expect(change).toMatchObject({ reason: 'failed', diagnosis: { code: `psk_differs_v${version}` } });
      });
      expect(lost).toBe(0);
      expect(replica.report(vpn.id)).toMatchObject({
        state: 'up',
        since: first?.since,
        ikeEstablishedAt: first?.ikeEstablishedAt,
        appliedRevision: 1,
        diagnosis: null,
      });
    });

    test('what went back isn’t tried again, until something else was wanted in between', async () => {
      const vpn = tried({ preSharedKey: OTHER_KEY });
      replica.tryOut(vpn, trial());
      await changed(vpn, 'went-back');
      await replica.kill();
      replica.start();
      const before1 = initiated();
      replica.applyAgain();
      await replica.reported(vpn.id, ({ state, change }) => state === 'up' && change?.state === 'went-back');
      expect(initiated()).toBe(before1);
      replica.apply(before);
      await replica.reported(vpn.id, ({ change }) => change === null);
      replica.tryOut(vpn, trial());
      await changed(vpn, 'went-back');
      expect(initiated()).toBeGreaterThan(before1);
    });

    test('when nothing answers behind the gateway it goes back at the limit', async () => {
      const vpn = tried({ dpdDelaySeconds: 10 });
      const startedAt = Date.now();
      const { lost } = await pinged(async () => {
        replica.tryOut(vpn, trial({ limitMs: 5000, check: { address: '10.250.0.77', port: null } }));
        const { change } = await changed(vpn, 'went-back');
        expect(change).toMatchObject({ reason: 'no-answer', diagnosis: null });
      });
      expect(Date.now() - startedAt).toBeGreaterThan(5000);
      expect(lost).toBeLessThanOrEqual(2);
      expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 1, diagnosis: null });
      expect(await replica.ping('10.250.0.5')).not.toBeNull();
    });

    test('when the gateway answers nothing it goes back at the limit, and no ping is lost', async () => {
      const vpn = tried({ peerIp: '1.2.3.99', peerId: '1.2.3.99' });
      const { lost } = await pinged(async () => {
        replica.tryOut(vpn, trial({ limitMs: 13_000 }));
        const { change } = await changed(vpn, 'went-back');
        expect(change).toMatchObject({ reason: 'failed', diagnosis: { code: 'gateway_unreachable' } });
      });
      expect(lost).toBe(0);
    });

    test('when it comes up and the gateway drops everything it goes back after some 10 s, not at the limit', async () => {
      const { secondGateway } = lab;
      // The same virtual IP and subnet there, with an address of its own in that, and no way on: packets end without an error.
      secondGateway.write(
        variantOfGuide({ ikeVersion: version, leftid: '1.2.3.5' }),
        secretsFor('1.2.3.5', LAB_KEY),
      );
      const within = ['10.250.0.1/24', 'dev', 'lan'] as const;
      const nowhere = ['blackhole', '10.250.0.5'] as const;
      await secondGateway.namespace.must('ip', 'address', 'add', ...within);
      await secondGateway.namespace.must('ip', 'route', 'add', ...nowhere);
      try {
        await secondGateway.start();
        const vpn = tried({ peerIp: '1.2.3.5', peerId: '1.2.3.5' });
        const { lost } = await pinged(async () => {
          replica.tryOut(vpn, trial({ limitMs: 60_000 }));
          const { change } = await changed(vpn, 'went-back', 40_000);
          expect(change).toMatchObject({ reason: 'no-answer', diagnosis: null });
        });
        expect(lost * PING_MS).toBeGreaterThan(5000);
        expect(lost * PING_MS).toBeLessThan(14_000);
        expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 1, diagnosis: null });
        expect(await replica.ping('10.250.0.5')).not.toBeNull();
      } finally {
        await secondGateway.stop();
        await secondGateway.namespace.must('ip', 'route', 'del', ...nowhere);
        await secondGateway.namespace.must('ip', 'address', 'del', ...within);
      }
    });

    test('an agent that is killed in the middle goes on, and goes back at the same limit', async () => {
      const vpn = tried({ dpdDelaySeconds: 10 });
      const startedAt = Date.now();
      const ikeBefore = established();
      const { lost } = await pinged(async () => {
        replica.tryOut(vpn, trial({ limitMs: 10_000, check: { address: '10.250.0.77', port: null } }));
        await until(() => established() > ikeBefore, 10_000);
        await replica.kill();
        replica.start();
        replica.applyAgain();
        await changed(vpn, 'went-back');
      });
      expect(Date.now() - startedAt).toBeLessThan(16_000);
      expect(lost).toBeLessThanOrEqual(2);
      expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 1 });
    });

    test('an agent that is killed in the middle of a good change keeps it', async () => {
      const vpn = tried({ dpdDelaySeconds: 10 });
      const ikeBefore = established();
      const { lost } = await pinged(async () => {
        replica.tryOut(vpn, trial());
        await until(() => established() > ikeBefore, 10_000);
        await replica.kill();
        replica.start();
        replica.applyAgain();
        await changed(vpn, 'kept');
      });
      expect(lost).toBeLessThanOrEqual(1);
      await replica.up(vpn);
    });

    test('another change takes its place', async () => {
      const wrong = tried({ peerIp: '1.2.3.99', peerId: '1.2.3.99' });
      const right = tried({ dpdDelaySeconds: 10 }, 3);
      const { lost } = await pinged(async () => {
        replica.tryOut(wrong, trial());
        await replica.reported(wrong.id, ({ change }) => change?.state === 'trying');
        replica.tryOut(right, trial());
        await changed(right, 'kept');
      });
      expect(lost).toBeLessThanOrEqual(1);
      expect(replica.report(right.id)).toMatchObject({ state: 'up', appliedRevision: 3 });
      const states = replica.history.map(
        ({ change }) => `${change?.revision ?? 1} ${change?.state ?? 'none'}`,
      );
      expect(states).not.toContain('2 went-back');
    });
  });
});

describe('a gateway that', () => {
  test.each([1, 2] as const)(
    'allows one session per identity ends the old one: IKEv%i costs a moment, and isn’t said to be pushed out',
    async (version) => {
      await startGateway({ ikeVersion: version, uniqueids: 'yes' });
      const before = vpnOf(version);
      replica.apply(before);
      await replica.up(before);
      const after = { ...before, dpdDelaySeconds: 10, revision: 2 };
      const { lost } = await pinged(async () => {
        replica.apply(after);
        await replica.up(after);
      });
      expect(lost).toBeLessThanOrEqual(3);
      expect(replica.history.map(({ diagnosis }) => diagnosis)).not.toContainEqual(
        expect.objectContaining({ code: 'replaced_by_another' }),
      );
    },
  );

  test.each([1, 2] as const)('gives another virtual IP moves the routes to it: IKEv%i', async (version) => {
    await startGateway({ ikeVersion: version });
    const before = vpnOf(version);
    replica.apply(before);
    await replica.up(before);
    await givesOtherVirtualIps(version);
    const after = { ...before, dpdDelaySeconds: 10, revision: 2 };
    const { lost } = await pinged(async () => {
      replica.apply(after);
      await replica.up(after);
      await until(async () => !(await replica.traces()).includes('10.200.0.1'), 5000);
    });
    expect(lost).toBeLessThanOrEqual(1);
    expect(replica.report(after.id)?.virtualIp).toMatch(/^10\.201\./);
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
    await lab.gateway.restart();
    await until(async () => (await replica.ping('10.250.0.5')) !== null, 10_000);
    replica.apply();
    await until(async () => (await replica.traces()) === '', 5000);
  });

  test.each([1, 2] as const)(
    'gives another virtual IP, and an agent that is killed before the routes go over to it: IKEv%i',
    async (version) => {
      await startGateway({ ikeVersion: version });
      const before = vpnOf(version);
      replica.apply(before);
      await replica.up(before);
      await givesOtherVirtualIps(version);
      const after = { ...before, dpdDelaySeconds: 10, revision: 2 };
      // Both are up, and for the next agent the new one counts: as when the change was kept a moment before.
      const check = { address: '10.250.0.77', port: null };
      replica.tryOut(after, { previous: before, limitMs: 60_000, check });
      await until(async () => (await replica.traces()).includes('inet 10.201.0.1'), 10_000);
      await replica.kill();
      replica.start();
      replica.apply(after);
      await replica.up(after);
      await until(async () => !(await replica.traces()).includes('10.200.0.1'), 5000);
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
    const { lost } = await pinged(async () => {
      replica.apply(after);
      await replica.up(after);
    });
    expect(lost).toBeLessThanOrEqual(1);
  });
});
