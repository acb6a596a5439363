import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretsFor, variantOfGuide } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';
import { steadyPing } from './steadyPing.ts';
import { guideVpn, LAB_KEY } from './vpnsOfLab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await createLab({ prefix: ownPrefix(), replicas: 2, serverPort: null });
  await lab.gateway.namespace.must('ip', 'address', 'add', '10.253.0.1/24', 'dev', 'lan');
});
afterAll(() => lab.close());

/**
 * Keys that the gateway renews 5 s before their end. In IKEv1 those of IKE are renewed by a new IKE_SA, which a gateway can't
 * begin: replicas only initiate, and are given addresses. It ends the old one, the tunnel is down, and that is said.
 */
const renewedByGateway = {
  1: ['lifetime=10s', 'margintime=5s', 'rekeyfuzz=0%'],
  2: ['lifetime=10s', 'ikelifetime=15s', 'margintime=5s', 'rekeyfuzz=0%', 'reauth=no'],
};

const suites = ['aes256-sha256-modp2048'];
const lifetimes = {
  replica: { ike: 20, esp: 12 },
  gateway: { ike: 3600, esp: 3600 },
};

const subnets = ['10.250.0.0/24', '10.251.0.0/24', '10.253.0.0/24'];

describe.each([1, 2] as const)('IKEv%i', (version) => {
  test.each(['replica', 'gateway'] as const)(
    'tunnels to one subnet and to three get no diagnosis, while the %s renews their keys',
    async (renewing) => {
      await lab.gateway.stop();
      const conf = variantOfGuide({
        ikeVersion: version,
        leftsubnet: version === 1 ? '0.0.0.0/0' : subnets.join(),
      });
      const lines = renewing === 'gateway' ? renewedByGateway[version].map((line) => `    ${line}\n`) : [];
      lab.gateway.write([conf, ...lines].join(''), secretsFor('1.2.3.4', LAB_KEY));
      await lab.gateway.start();
      const vpnTo = (peerSubnets: string[], localId: string) =>
        guideVpn({
          ike: { version, lifetimeSeconds: lifetimes[renewing].ike, proposals: suites },
          esp: { lifetimeSeconds: lifetimes[renewing].esp, proposals: suites },
          peerSubnets,
          localId,
        });
      const tunnels = [subnets.slice(0, 1), subnets].map((peerSubnets, index) => ({
        replica: new IpsecReplica(lab.replica(index + 1), lab.folder),
        vpn: vpnTo(peerSubnets, `replica-${index + 1}.culvert`),
      }));
      try {
        for (const { replica, vpn } of tunnels) {
          replica.start();
          replica.apply(vpn);
        }
        await Promise.all(tunnels.map(({ replica, vpn }) => replica.up(vpn)));
        const pings = tunnels.map(({ replica }) => steadyPing(replica.namespace, '10.250.0.5'));
        const renewedIkeSas = version === 1 && renewing === 'gateway' ? 0 : 2;
        const renewals = renewedSince(lab.gateway.log().length);
        await until(() => renewals().children >= 8 && renewals().ike >= renewedIkeSas, 45_000);
        await Promise.all(pings.map((ping) => ping.stop()));
        for (const { replica, vpn } of tunnels) {
          const diagnosed = replica.history.flatMap(({ diagnosis }) => (diagnosis ? [diagnosis] : []));
          expect(diagnosed, vpn.localId).toEqual([]);
          expect(replica.report(vpn.id)?.state).toBe('up');
        }
      } finally {
        await Promise.all(tunnels.map(({ replica }) => replica.close({ keepTunnels: false })));
      }
    },
  );
});

/** How many CHILD_SAs and IKE_SAs the gateway has got anew since it had logged that much. */
function renewedSince(logged: number): () => { children: number; ike: number } {
  return () => {
    const log = lab.gateway.log().slice(logged);
    return {
      children: log.match(/CHILD_SA workspaces\{\d+\} established/g)?.length ?? 0,
      ike: log.match(/IKE_SA workspaces\[\d+\] (?:rekeyed|established) between/g)?.length ?? 0,
    };
  };
}
