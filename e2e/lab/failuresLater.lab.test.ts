import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ViciClient } from '../../agent/ipsec/vici/client.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { ike, startGateway } from './trialSteps.ts';
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

const says = (code: string, timeoutMs?: number) =>
  replica.reported('vpn_guide', ({ diagnosis }) => diagnosis?.code === code, timeoutMs);

describe('a replica that lost its key', () => {
  test.each([1, 2] as const)(
    'IKEv%i: says so at the next attempt, and gets it back by itself',
    async (version) => {
      await startGateway(lab, { ikeVersion: version });
      const vpn = guideVpn(ike(version));
      replica.apply(vpn);
      await replica.up(vpn);
      const charon = await ViciClient.open(join(replica.stateDir, 'ipsec', 'vici'));
      await charon.unloadShared(vpn.id);
      charon.close();
      await lab.gateway.restart();
      await says('key_missing');
      await replica.up(vpn);
    },
  );
});

test.each([1, 2] as const)('IKEv%i: a gateway that ends its tunnels closed them', async (version) => {
  await startGateway(lab, { ikeVersion: version });
  replica.apply(guideVpn(ike(version)));
  await replica.up(guideVpn(ike(version)));
  await lab.gateway.stop();
  await says('gateway_closed');
});

test.each([1, 2] as const)('IKEv%i: a gateway that is gone without a word is lost', async (version) => {
  await startGateway(lab, { ikeVersion: version });
  const vpn = guideVpn({ ...ike(version), dpdDelaySeconds: 5 });
  replica.apply(vpn);
  await replica.up(vpn);
  // An agent that took the tunnel over hasn't heard how it came up.
  await replica.kill();
  replica.start();
  replica.applyAgain();
  await replica.up(vpn);
  await lab.gateway.kill();
  const down = await replica.reported('vpn_guide', ({ state }) => state !== 'up', 45_000);
  expect(down.diagnosis?.code).toBe('gateway_lost');
});

test('IKEv2: a private network that sends nothing back is a warning', async () => {
  await startGateway(lab, { ikeVersion: 2 });
  await lab.gateway.namespace.must('ip', 'route', 'replace', 'blackhole', '10.250.0.77');
  replica.apply(guideVpn(ike(2)));
  await replica.up(guideVpn(ike(2)));
  const silent = replica.namespace.spawn(['ping', '-i', '0.5', '10.250.0.77'], { stdio: 'ignore' });
  try {
    expect((await says('nothing_comes_back', 20_000)).state).toBe('up');
  } finally {
    silent.kill();
  }
});

test('IKEv1: replicas that share an identity push each other out of a gateway with uniqueids', async () => {
  await startGateway(lab, { ikeVersion: 1, uniqueids: 'yes' });
  const twin = new IpsecReplica(lab.replica(2), lab.folder);
  twin.start();
  try {
    replica.apply(guideVpn());
    await replica.up(guideVpn());
    twin.apply(guideVpn());
    await says('replaced_by_another', 60_000);
  } finally {
    await twin.close({ keepTunnels: false });
  }
});
