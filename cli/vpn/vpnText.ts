import type { Vpn } from '../../contract/vpns.ts';
import { facts } from '../facts.ts';
import type { Style } from '../output.ts';
import { tunnelsText } from '../tunnelText.ts';

/** “1h”, “90m”, “45s”: the largest unit that it is a whole number of. */
function durationText(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** A VPN with all its settings, a line each. */
export function vpnText(vpn: Vpn, style: Style): string {
  const { ike, esp, tunnels, rollout } = vpn;
  return facts(
    [
      ['Name', vpn.name],
      ['Id', vpn.id],
      ['Peer IP', vpn.peerIp],
      ['Peer ID', vpn.peerId],
      ['Peer subnets', vpn.peerSubnets.join(', ')],
      ['IKE', `version ${ike.version}, ${ike.proposals.join(', ')}, ${durationText(ike.lifetimeSeconds)}`],
      ['ESP', `${esp.proposals.join(', ')}, ${durationText(esp.lifetimeSeconds)}`],
      ['UDP encapsulation', vpn.udpEncapsulation ? 'always' : 'where there is NAT'],
      ['DPD delay', durationText(vpn.dpdDelaySeconds)],
      ['Connected to', `${counted(vpn.workspaces, 'workspace')}, ${counted(vpn.replicas, 'replica')}`],
      ['Tunnels', tunnelsText(tunnels)],
      [
        'Change under way',
        rollout === null ? null : `${rollout.changed} of ${rollout.replicas} replicas have it`,
      ],
      [
        'Revision',
        `${vpn.revision}, ${vpn.updatedAt.slice(0, 10)}${vpn.updatedBy ? ` by ${vpn.updatedBy.name}` : ''}`,
      ],
    ],
    style.dim,
  );
}
