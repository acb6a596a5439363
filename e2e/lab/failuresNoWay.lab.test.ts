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

describe('no way to the gateway', () => {
  for (const ikeVersion of [1, 2] as const) {
    test(`IKEv${ikeVersion}: unreachable shows within 15 s, and it comes up once the gateway is there`, async () => {
      await lab.gateway.stop();
      const vpn = guideVpn(ike(ikeVersion));
      replica.apply(vpn);
      await replica.reported(
        'vpn_guide',
        ({ diagnosis }) => diagnosis?.code === 'gateway_unreachable',
        15_000,
      );
      expect((await replica.failed(vpn, 15_000)).diagnosis?.code).toBe('gateway_unreachable');
      await startGateway(lab, { ikeVersion });
      replica.retry('vpn_guide');
      await replica.up(vpn);
    });
  }

  for (const { ikeVersion, code } of [
    { ikeVersion: 1, code: 'silent_after_key_exchange' },
    { ikeVersion: 2, code: 'udp_4500_blocked' },
  ] as const) {
    test(`IKEv${ikeVersion}: UDP 4500 blocked is ${code}`, async () => {
      await startGateway(lab, { ikeVersion });
      const rules =
        'table inet block { chain in { type filter hook input priority 0; udp dport 4500 drop; }; }';
      await lab.gateway.namespace.must('nft', rules);
      try {
        const vpn = guideVpn(ike(ikeVersion));
        replica.apply(vpn);
        expect((await replica.failed(vpn, 20_000)).diagnosis?.code).toBe(code);
      } finally {
        await lab.gateway.namespace.must('nft', 'delete', 'table', 'inet', 'block');
      }
      replica.retry('vpn_guide');
      await replica.up(guideVpn());
    });
  }

  test.each([1, 2] as const)('IKEv%i: no route at all says so', async (ikeVersion) => {
    const vpn = guideVpn({ ...ike(ikeVersion), peerIp: '198.51.100.7', peerId: '198.51.100.7' });
    await replica.namespace.must('ip', 'route', 'del', 'default');
    try {
      replica.apply(vpn);
      expect((await replica.failed(vpn, 20_000)).diagnosis?.code).toBe('no_route');
    } finally {
      await replica.namespace.must('ip', 'route', 'add', 'default', 'via', '1.2.3.1');
    }
  });
});
