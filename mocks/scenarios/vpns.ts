import { vpnDefaults, type VpnCreate } from '../../contract/vpns.ts';

type Essentials = Pick<VpnCreate, 'name' | 'peerIp' | 'peerSubnets'>;

const preSharedKey = 'R5v8!pQz2#mLw9Tc4KdXj7Ne';

/** IKEv2 with the suites of a current gateway. */
export const modernVpn = (essentials: Essentials): VpnCreate => ({
  ...vpnDefaults,
  ike: { version: 2, lifetimeSeconds: 14_400, proposals: ['aes256gcm16-prfsha384-ecp384'] },
  esp: { lifetimeSeconds: 3600, proposals: ['aes256gcm16-ecp384'] },
  preSharedKey,
  ...essentials,
});

/** The VPN guide's own values. */
export const companyDataCenter: VpnCreate = {
  ...vpnDefaults,
  name: 'Company data center',
  preSharedKey,
  ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
};

export const berlinOffice = modernVpn({
  name: 'Berlin office',
  peerIp: '198.51.100.20',
  peerSubnets: ['10.20.0.0/16', '10.21.0.0/16', '10.22.4.0/24'],
});

export const warehouseDatabase = modernVpn({
  name: 'Warehouse database',
  peerIp: '203.0.113.9',
  peerSubnets: ['172.20.8.0/22'],
});

export const stagingGateway = modernVpn({
  name: 'Staging gateway',
  peerIp: '192.0.2.77',
  peerSubnets: ['10.99.0.0/16'],
});
