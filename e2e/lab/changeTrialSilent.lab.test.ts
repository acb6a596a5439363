import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changed, ended, expectMoments, pinged, startGateway, trialsOf } from './changeSteps.ts';
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

describe.each([1, 2] as const)('IKEv%i: a change that is tried out,', (version) => {
  const { before, tried, trial } = trialsOf(version);

  beforeEach(async () => {
    await startGateway(lab, { ikeVersion: version });
    replica.apply(before);
    await replica.up(before);
  });

  test('when nothing answers behind the gateway it goes back at the limit', async () => {
    const vpn = tried({ dpdDelaySeconds: 10 });
    const endedBefore = ended(lab);
    const startedAt = Date.now();
    const pings = await pinged(replica, async () => {
      replica.tryOut(vpn, trial({ limitMs: 5000, check: { address: '10.250.0.77', port: null } }));
      const { change } = await changed(replica, vpn, 'went-back');
      expect(change).toMatchObject({ reason: 'no-answer', diagnosis: null });
      // The gateway answers by the newest until it hears that it has ended.
      await until(() => ended(lab) > endedBefore, 10_000);
    });
    expect(Date.now() - startedAt).toBeGreaterThan(5000);
    expectMoments(pings, 2);
    expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 1, diagnosis: null });
    expect(await replica.ping('10.250.0.5')).not.toBeNull();
  });

  test('when the gateway answers nothing it goes back at the limit, and no ping is lost', async () => {
    const vpn = tried({ peerIp: '1.2.3.99', peerId: '1.2.3.99' });
    const startedAt = Date.now();
    const { lost } = await pinged(replica, async () => {
      replica.tryOut(vpn, trial({ limitMs: 13_000 }));
      const { change } = await changed(replica, vpn, 'went-back');
      expect(change).toMatchObject({ reason: 'failed', diagnosis: { code: 'gateway_unreachable' } });
    });
    // It is being tried for the second time by then.
    expect(Date.now() - startedAt).toBeLessThan(17_000);
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
      const { pauseMs } = await pinged(replica, async () => {
        replica.tryOut(vpn, trial({ limitMs: 60_000 }));
        const { change } = await changed(replica, vpn, 'went-back', 40_000);
        expect(change).toMatchObject({ reason: 'no-answer', diagnosis: null });
      });
      expect(pauseMs).toBeGreaterThan(5000);
      expect(pauseMs).toBeLessThan(14_000);
      expect(replica.report(vpn.id)).toMatchObject({ state: 'up', appliedRevision: 1, diagnosis: null });
      expect(await replica.ping('10.250.0.5')).not.toBeNull();
    } finally {
      await secondGateway.stop();
      await secondGateway.namespace.must('ip', 'route', 'del', ...nowhere);
      await secondGateway.namespace.must('ip', 'address', 'del', ...within);
    }
  });
});

test('IKEv1: a gateway that ends what ran 10 s after a change came up interrupts nothing', async () => {
  const { before, tried, trial } = trialsOf(1);
  await startGateway(lab, { ikeVersion: 1 });
  replica.apply(before);
  const { since } = await replica.up(before);
  const vpn = tried({ dpdDelaySeconds: 10 });
  const seen = replica.history.length;
  const pings = await pinged(replica, async () => {
    replica.tryOut(vpn, trial({ check: { address: '10.250.0.77', port: null } }));
    await until(() => lab.gateway.log().includes('sending DELETE for IKE_SA'), 20_000);
    await changed(replica, vpn, 'went-back');
    const endedBefore = ended(lab);
    await until(() => ended(lab) > endedBefore, 10_000);
  });
  expectMoments(pings, 2);
  expect(replica.report(vpn.id)).toMatchObject({ state: 'up', since, appliedRevision: 1, diagnosis: null });
  expect(new Set(replica.history.slice(seen).map(({ state }) => state))).toEqual(new Set(['up']));
});
