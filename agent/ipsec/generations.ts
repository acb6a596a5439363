import type { DesiredVpn } from '../../contract/agentProtocol.ts';

/** One CHILD_SA to set up, and the peer subnets it is for. */
export type Child = { name: string; subnets: readonly string[] };

/**
 * What charon holds of a VPN under one name. There are two while a change comes up beside what runs. The children depend on
 * how it came to be: a subnet that was added later has one of its own. `vpn` is null where an earlier agent left it with
 * settings that aren't known any more.
 */
export type Generation<Settings extends DesiredVpn | null = DesiredVpn> = {
  name: string;
  vpn: Settings;
  children: readonly Child[];
  /** Virtual IPs that are asked for, at most one of a family; none: the gateway chooses. */
  virtualIps: readonly string[];
};

/**
 * Three names for each VPN: what runs, the change beside it, and what takes the place of both when a change that got far
 * goes back.
 */
export const namesOf = (vpnId: string): readonly [string, string, string] => [
  vpnId,
  `${vpnId}+1`,
  `${vpnId}+2`,
];

/** The VPN that a connection or a key in charon belongs to. */
export const vpnIdOf = (name: string): string => name.replace(/\+[12]$/, '');

/**
 * IKEv1 negotiates one subnet per CHILD_SA: of several, strongSwan silently keeps the first. IKEv2 takes all in one.
 */
export function childrenOf(vpn: DesiredVpn): Child[] {
  return vpn.ike.version === 1
    ? vpn.peerSubnets.map((subnet, index) => ({ name: `net${index}`, subnets: [subnet] }))
    : [{ name: 'net', subnets: vpn.peerSubnets }];
}

/** A VPN as it is set up where nothing of it is. */
export const firstGeneration = (vpn: DesiredVpn): Generation => ({
  name: vpn.id,
  vpn,
  children: childrenOf(vpn),
  virtualIps: [],
});

/** Whether it is as `firstGeneration` makes it: what changes left behind goes when the tunnel is down anyway. */
export const isFirst = ({ name, vpn, children, virtualIps }: Generation<DesiredVpn | null>): boolean =>
  name === vpn?.id && virtualIps.length === 0 && JSON.stringify(children) === JSON.stringify(childrenOf(vpn));
