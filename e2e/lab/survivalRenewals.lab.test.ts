import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { pingsWhile } from './steadyPing.ts';
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

describe('renewing keys', () => {
  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: ESP and IKE keys are renewed, and not a ping is lost`, async () => {
      await startGateway(lab, { ikeVersion });
      const vpn = guideVpn({
        ike: { version: ikeVersion, lifetimeSeconds: 20, proposals: ['aes256-sha256-modp2048'] },
        esp: { lifetimeSeconds: 12, proposals: ['aes256-sha256-modp2048'] },
      });
      replica.apply(vpn);
      const first = await replica.up(vpn);
      const installed = () => lab.gateway.log().match(/CHILD_SA workspaces\{\d+\} established/g)?.length ?? 0;
      const before = installed();
      const { lost } = await pingsWhile(replica.namespace, '10.250.0.5', async () => {
        await replica.reported(
          'vpn_guide',
          ({ ikeEstablishedAt }) => ikeEstablishedAt !== first.ikeEstablishedAt,
          40_000,
        );
        await until(() => installed() >= before + 2, 40_000);
      });
      expect(lost).toBe(0);
      expect(replica.report('vpn_guide')).toMatchObject({ state: 'up', since: first.since, diagnosis: null });
      expect(replica.report('vpn_guide')?.bytesIn).toBeGreaterThan(first.bytesIn);
      expect(first.rekeyedAt).toBeNull();
      const renewed = await replica.reported('vpn_guide', ({ rekeyedAt }) => typeof rekeyedAt === 'string');
      expect(Date.parse(renewed.rekeyedAt ?? '')).toBeGreaterThan(Date.parse(first.since));
    });
  }

  test('IKEv2: a gateway that asks to authenticate anew gets it, and the tunnel stays up', async () => {
    // It asks for some 65 s, of which charon takes 60 s off.
    await startGateway(
      lab,
      { ikeVersion: 2 },
      { lines: ['ikelifetime=70s', 'margintime=5s', 'rekeyfuzz=0%'] },
    );
    const vpn = guideVpn(ike(2));
    replica.apply(vpn);
    const first = await replica.up(vpn);
    const { lost } = await pingsWhile(replica.namespace, '10.250.0.5', async () => {
      await replica.reported(
        'vpn_guide',
        ({ ikeEstablishedAt }) => ikeEstablishedAt !== first.ikeEstablishedAt,
        40_000,
      );
    });
    // charon ends the old IKE_SA before it starts the new one: a gap of one handshake.
    expect(lost).toBeLessThan(8);
    expect(replica.history.map(({ state }) => state)).not.toContain('failed');
  });
});
