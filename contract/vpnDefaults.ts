import type { VpnSettings } from './vpns.ts';

/** What a new VPN starts with: the VPN guide's suites and lifetimes, which are valid in both IKE versions. */
export const vpnDefaults: VpnSettings = {
  name: '',
  ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
  peerIp: '',
  peerId: null,
  peerSubnets: [],
  udpEncapsulation: true,
  dpdDelaySeconds: 30,
};
