import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { guideVpn } from '../../agent/ipsec/desiredVpn.testing.ts';

export { guideVpn };

/** The key of `guideVpn`. */
export const LAB_KEY = guideVpn().preSharedKey;

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
