import { type Shot, team } from './shot.ts';

const berlin = team('/vpns/Berlin%20office/gateway-config');
const dataCenter = team('/vpns/Company%20data%20center/gateway-config');

/** The configuration of a VPN’s gateway, and the links that show it to people without an account. */
export const gatewayShots: readonly Shot[] = [
  { name: 'gateway-config', scenario: 'mixed', path: `${berlin}?kind=strongswan-swanctl` },
  {
    name: 'gateway-config-steps',
    scenario: 'member',
    path: `${dataCenter}?kind=opnsense&pool=10.201.0.0/29`,
  },
  { name: 'gateway-config-sheet', scenario: 'mixed', path: `${dataCenter}?kind=generic&pool=10.250.0.0/25` },
  { name: 'gateway-config-unfit', scenario: 'mixed', path: `${dataCenter}?kind=cisco-ios-xe` },
  { name: 'gateway-config-share', scenario: 'mixed', path: `${berlin}?kind=fortigate&dialog=share` },
  { name: 'gateway-link', scenario: 'signed-out', path: ':gateway' },
  { name: 'gateway-link-over', scenario: 'signed-out', path: ':gatewayExpired' },
];
