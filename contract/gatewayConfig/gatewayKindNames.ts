import type { GatewayKind } from './document.ts';

/** What people call each kind of gateway. */
export const gatewayKindNames: Readonly<Record<GatewayKind, string>> = {
  'strongswan-ipsec': 'strongSwan, ipsec.conf',
  'strongswan-swanctl': 'strongSwan, swanctl.conf',
  libreswan: 'Libreswan',
  'cisco-ios-xe': 'Cisco IOS-XE',
  fortigate: 'FortiGate',
  mikrotik: 'MikroTik RouterOS 7',
  opnsense: 'OPNsense',
  pfsense: 'pfSense',
  generic: 'Another gateway',
};
