import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { ipsecConfText, renderIpsecConf } from '../../contract/ipsecConf.ts';
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

test.each<[string, DesiredVpn]>([
  ['the guide’s settings', guideVpn()],
  ['IKEv1 with two subnets', guideVpn({ peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] })],
  ['modern suites over IKEv2', modernVpn()],
  ['an identity of its own', modernVpn({ peerId: 'vpn.example.com' })],
  ['the shortest lifetimes', guideVpn({ ike: { ...short, version: 2 }, esp: short })],
])('a gateway that is set to what the form shows brings the tunnel up: %s', async (_, vpn) => {
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
});
