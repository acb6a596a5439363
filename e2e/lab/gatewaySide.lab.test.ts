import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { ipsecConfText, renderIpsecConf } from '../../contract/ipsecConf.ts';
import { commonProposals } from '../../contract/proposals.ts';
import { secretsFor } from './gatewayConf.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { createLab, type Lab } from './network.ts';
import { guideVpn, LAB_KEY, modernVpn } from './vpnsOfLab.ts';

let lab: Lab;
let replica: IpsecReplica;

beforeAll(async () => {
  lab = await createLab({ prefix: 'shown', replicas: 1, serverPort: null });
});
afterAll(() => lab.close());
beforeEach(() => {
  replica = new IpsecReplica(lab.replica(1), lab.folder);
  replica.start();
});
afterEach(() => replica.close({ keepTunnels: false }));

const short = { lifetimeSeconds: 300, proposals: ['aes256-sha256-modp2048'] };

/** Sets the gateway to what the form shows for these settings, and waits until its tunnel carries pings. */
async function bringUp(vpn: DesiredVpn): Promise<void> {
  const { peerId } = vpn;
  const conf = ipsecConfText(renderIpsecConf({ ...vpn, peerId: peerId === vpn.peerIp ? null : peerId }));
  await lab.gateway.stop();
  // The lab waits for the connection by the name that it has in the guide.
  lab.gateway.write(conf.replace(/^conn .+$/m, 'conn workspaces'), secretsFor(peerId, LAB_KEY));
  await lab.gateway.start();
  replica.apply(vpn);
  expect((await replica.up(vpn)).remoteSubnets).toEqual(vpn.peerSubnets);
  for (const subnet of vpn.peerSubnets) {
    expect(await replica.ping(subnet.replace('.0/24', '.5'))).not.toBeNull();
  }
}

test.each<[string, DesiredVpn]>([
  ['the guide’s settings', guideVpn()],
  ['IKEv1 with two subnets', guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] })],
  ['modern suites over IKEv2', modernVpn()],
  ['an identity of its own', modernVpn({ peerId: 'vpn.example.com' })],
  ['the shortest lifetimes', guideVpn({ ike: { ...short, version: 2 }, esp: short })],
])('a gateway that is set to what the form shows brings the tunnel up: %s', (_, vpn) => bringUp(vpn));

/** Every suite that the form offers, and some that are only accepted; the shorter list starts again. */
const suites = ([1, 2] as const).flatMap((version) => {
  const rare = version === 2 ? ['aes128-aescmac-prfaescmac-modp3072'] : ['camellia128-sha1-modp1536'];
  const ike = [...commonProposals('ike', version), ...rare];
  const esp = [
    ...commonProposals('esp', version),
    'aes128ctr-sha512',
    'camellia256-sha256-ecp521',
    '3des-sha1',
  ];
  const count = Math.max(ike.length, esp.length);
  return Array.from({ length: count }, (__, index) => ({
    version,
    ike: ike[index % ike.length] ?? '',
    esp: esp[index % esp.length] ?? '',
  }));
});

test.each(suites)('IKEv$version with $ike and $esp', ({ version, ike, esp }) =>
  bringUp(
    guideVpn({
      ike: { version, lifetimeSeconds: 3600, proposals: [ike] },
      esp: { lifetimeSeconds: 3600, proposals: [esp] },
    }),
  ),
);
