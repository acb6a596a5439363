import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { ike, startGateway } from './trialSteps.ts';
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

describe('IKEv2 compares the group for the ESP keys (PFS) when they are renewed', () => {
  const espOf = (suite: string, lifetimeSeconds: number) => ({
    esp: { lifetimeSeconds, proposals: [suite] },
  });
  // A CHILD_SA lives 8 s: half of the gateway's is renewed by the gateway, which is told no.
  const renewingGateway = ['lifetime=8s', 'margintime=4s', 'rekeyfuzz=0%'];

  test.each([
    [
      'the replica renews them, and the gateway wants another group',
      'aes256-sha256-ecp384',
      'aes256-sha256-modp2048',
      10,
      [],
    ],
    [
      'the replica renews them, and the gateway wants none',
      'aes256-sha256',
      'aes256-sha256-modp2048',
      10,
      [],
    ],
    [
      'the gateway renews them, with another group',
      'aes256-sha256-ecp384',
      'aes256-sha256-modp2048',
      3600,
      renewingGateway,
    ],
    [
      'the gateway renews them, with one where the VPN has none',
      'aes256-sha256-modp2048',
      'aes256-sha256',
      3600,
      renewingGateway,
    ],
  ])('%s', async (_, gatewaySuite, suite, lifetimeSeconds, lines) => {
    await startGateway(lab, { ikeVersion: 2, esp: gatewaySuite }, { lines });
    const vpn = guideVpn({ ...ike(2), ...espOf(suite, lifetimeSeconds) });
    replica.apply(vpn);
    expect((await replica.up(vpn)).diagnosis).toBeNull();
    const said = await replica.reported(
      vpn.id,
      ({ diagnosis }) => diagnosis?.code === 'rekeying_fails',
      20_000,
    );
    expect(said.state).toBe('up');
    // The same is said once the old keys are over and the tunnel is down.
    const down = await replica.reported('vpn_guide', ({ state }) => state !== 'up', 20_000);
    expect(down.diagnosis?.code).toBe('rekeying_fails');
  });
});
