import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  changed,
  ended,
  established,
  initiated,
  expectMadeBeforeBroken,
  expectMoments,
  pinged,
  OTHER_KEY,
  startGateway,
  trialsOf,
} from './changeSteps.ts';
import { secretsFor } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';

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

describe.each([1, 2] as const)('IKEv%i: a change that is tried out:', (version) => {
  const { before, tried, trial } = trialsOf(version);

  beforeEach(async () => {
    await startGateway(lab, { ikeVersion: version });
    replica.apply(before);
    await replica.up(before);
  });

  test('with the right key it is kept, once an address behind the gateway answers', async () => {
    await lab.gateway.rereadSecrets(secretsFor('1.2.3.4', OTHER_KEY));
    const vpn = tried({ preSharedKey: OTHER_KEY });
    const endedBefore = ended(lab);
    const keep = async () => {
      replica.tryOut(vpn, trial({ check: { address: '10.250.0.5', port: 5432 } }));
      await replica.reported(vpn.id, ({ change }) => change?.state === 'trying');
      const kept = await changed(replica, vpn, 'kept');
      expect(kept.change).toMatchObject({ reason: null, diagnosis: null });
      await until(() => ended(lab) > endedBefore, 15_000);
    };
    const pings = await pinged(replica, () => expectMadeBeforeBroken(lab, keep));
    expectMoments(pings, 1);
    expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 2 });
    replica.apply(vpn);
    await replica.up(vpn);
    expect(replica.report(vpn.id)?.change?.state).toBe('kept');
  });

  test('with a wrong key it goes back, says why, and no ping is lost', async () => {
    const vpn = tried({ preSharedKey: OTHER_KEY });
    const first = replica.report(vpn.id);
    const { lost } = await pinged(replica, async () => {
      replica.tryOut(vpn, trial());
      const { change } = await changed(replica, vpn, 'went-back', 20_000);
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
    await changed(replica, vpn, 'went-back');
    await replica.kill();
    replica.start();
    const before1 = initiated(lab);
    replica.applyAgain();
    await replica.reported(vpn.id, ({ state, change }) => state === 'up' && change?.state === 'went-back');
    expect(initiated(lab)).toBe(before1);
    replica.apply(before);
    await replica.reported(vpn.id, ({ change }) => change === null);
    replica.tryOut(vpn, trial());
    await changed(replica, vpn, 'went-back');
    expect(initiated(lab)).toBeGreaterThan(before1);
  });

  test('an agent that is killed in the middle goes on, and goes back at the same limit', async () => {
    const vpn = tried({ dpdDelaySeconds: 10 });
    const startedAt = Date.now();
    const ikeBefore = established(lab);
    const pings = await pinged(replica, async () => {
      replica.tryOut(vpn, trial({ limitMs: 10_000, check: { address: '10.250.0.77', port: null } }));
      await until(() => established(lab) > ikeBefore, 10_000);
      await replica.kill();
      replica.start();
      replica.applyAgain();
      await changed(replica, vpn, 'went-back');
    });
    expect(Date.now() - startedAt).toBeLessThan(16_000);
    expectMoments(pings, 2);
    expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 1 });
  });

  test('an agent that is killed in the middle of a good change keeps it', async () => {
    const vpn = tried({ dpdDelaySeconds: 10 });
    const ikeBefore = established(lab);
    const pings = await pinged(replica, async () => {
      replica.tryOut(vpn, trial());
      await until(() => established(lab) > ikeBefore, 10_000);
      await replica.kill();
      replica.start();
      replica.applyAgain();
      await changed(replica, vpn, 'kept');
    });
    expectMoments(pings, 1);
    await replica.up(vpn);
  });

  test('another change takes its place', async () => {
    const wrong = tried({ peerIp: '1.2.3.99', peerId: '1.2.3.99' });
    const right = tried({ dpdDelaySeconds: 10 }, 3);
    const pings = await pinged(replica, async () => {
      replica.tryOut(wrong, trial());
      await replica.reported(wrong.id, ({ change }) => change?.state === 'trying');
      replica.tryOut(right, trial());
      await changed(replica, right, 'kept');
    });
    expectMoments(pings, 1);
    expect(replica.report(right.id)).toMatchObject({ state: 'up', appliedRevision: 3 });
    const states = replica.history.map(({ change }) => `${change?.revision ?? 1} ${change?.state ?? 'none'}`);
    expect(states).not.toContain('2 went-back');
  });
});
