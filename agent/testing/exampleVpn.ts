import type { DesiredVpn } from '../../contract/agentProtocol.ts';

/** A desired VPN with the guide's values. */
export const exampleVpn = (change: Partial<DesiredVpn> = {}): DesiredVpn => ({
  id: 'vpn_aaaaaaaaaaaaaaaaaaaa',
  name: 'office',
  revision: 1,
  ike: { version: 1, lifetimeSeconds: 3_600, proposals: ['aes256-sha256-modp2048'] },
  esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
  preSharedKey: 'not for any log',
  peerIp: '1.2.3.4',
  peerId: '1.2.3.4',
  localId: 'dev-1.replicas.culvert',
  peerSubnets: ['10.250.0.0/24'],
  udpEncapsulation: true,
  dpdDelaySeconds: 30,
  ...change,
});
