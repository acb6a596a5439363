import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';

/** The VPN guide's VPN, as a replica is told it; `changes` replace values. */
export const guideVpn = (changes: Partial<DesiredVpn> = {}): DesiredVpn => ({
  id: 'vpn_guide',
  name: 'guide',
  revision: 1,
  ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
  preSharedKey: 'correct horse battery staple',
  peerIp: '1.2.3.4',
  peerId: '1.2.3.4',
  localId: 'replica-1.culvert',
  peerSubnets: ['10.250.0.0/24'],
  udpEncapsulation: true,
  dpdDelaySeconds: 30,
  ...changes,
});

export const capable: IpsecCapability = {
  supported: true,
  backend: 'libipsec',
  strongswanVersion: '5.9.8',
  code: null,
  reason: null,
  fix: null,
};
