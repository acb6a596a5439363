import type { DesiredVpn } from '../../contract/agentProtocol.ts';

export const LAB_KEY = 'correct horse battery staple';

/** The guide's VPN as a replica is told it; `changes` replace values. */
export function guideVpn(changes: Partial<DesiredVpn> = {}): DesiredVpn {
  return {
    id: 'vpn_guide',
    name: 'guide',
    revision: 1,
    ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
    esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
    preSharedKey: LAB_KEY,
    peerIp: '1.2.3.4',
    peerId: '1.2.3.4',
    localId: 'replica-1.culvert',
    peerSubnets: ['10.250.0.0/24'],
    udpEncapsulation: true,
    dpdDelaySeconds: 30,
    ...changes,
  };
}

/** The modern suites, over IKEv2, to both subnets. */
export const modernVpn = (changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({
    ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256gcm16-prfsha384-ecp384'] },
    esp: { lifetimeSeconds: 28_800, proposals: ['aes256gcm16-ecp384'] },
    peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'],
    ...changes,
  });

/** What a gateway has to be for `modernVpn`. */
export const modernGateway = {
  ikeVersion: 2,
  ike: 'aes256gcm16-prfsha384-ecp384',
  esp: 'aes256gcm16-ecp384',
} as const;
