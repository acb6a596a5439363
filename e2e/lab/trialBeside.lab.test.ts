import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { steadyPing } from './steadyPing.ts';
import { begun, esp, ike, nowhere, startGateway, surroundings, tested } from './trialSteps.ts';
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

describe('beside a running tunnel to the same gateway and subnets', () => {
  for (const version of [1, 2] as const) {
    test(`IKEv${version}: not a ping is lost while tests come up, fail, run out of time and are killed with the agent`, async () => {
      await startGateway(lab, { ikeVersion: version });
      const vpn = guideVpn(ike(version));
      replica.apply(vpn);
      await replica.up(vpn);
      const before = await surroundings(replica);
      const pings = steadyPing(replica.namespace, '10.250.0.5', 0.01);
      await pings.begun();

      expect((await replica.test(tested(ike(version))).outcome).outcome).toBe('up');
      const wrongKey = tested({ ...ike(version), preSharedKey: 'something else' });
      expect((await replica.test(wrongKey).outcome).outcome).toBe('failed');
      const wrongSuite = tested({ ...ike(version), ...esp('aes128-sha1-modp2048') });
      expect((await replica.test(wrongSuite).outcome).outcome).toBe('failed');
      const late = await replica.test(tested({ ...ike(version), ...nowhere }), 1500).outcome;
      expect(late.tookMs).toBeLessThan(3000);
      expect(await surroundings(replica)).toBe(before);

      void replica.test(tested({ ...ike(version), ...nowhere }));
      await begun(replica);
      await replica.kill();
      expect(await replica.charons()).toHaveLength(2);
      replica.start();
      replica.applyAgain();
      await replica.up(vpn);
      // A charon that ends is given 4 s.
      await expect.poll(() => surroundings(replica), { timeout: 20_000 }).toBe(before);

      const { sent, lost } = await pings.stop();
      expect(sent).toBeGreaterThan(100);
      expect(lost).toBe(0);
      expect(replica.history.filter(({ state }) => state === 'failed')).toEqual([]);
    });
  }
});

describe('one at a time', () => {
  test('a second test is told that the replica is busy; one that was stopped doesn’t count', async () => {
    await startGateway(lab, { ikeVersion: 2 });
    const before = await surroundings(replica);
    const first = replica.test(tested({ ...ike(2), ...nowhere }));
    await begun(replica);
    expect(await replica.test(tested(ike(2))).outcome).toMatchObject({ outcome: 'busy', diagnosis: null });
    first.stop();
    expect((await replica.test(tested(ike(2))).outcome).outcome).toBe('up');
    expect((await first.outcome).outcome).toBe('failed');
    expect(await surroundings(replica)).toBe(before);
  });

  test('an agent that ends takes its test with it', async () => {
    const before = await surroundings(replica);
    const running = replica.test(tested({ ...ike(2), ...nowhere }));
    await begun(replica);
    await replica.close({ keepTunnels: true });
    expect((await running.outcome).outcome).toBe('failed');
    expect(await surroundings(replica)).toBe(before);
  });
});
