import type { VpnSettings } from '../../contract/vpns.ts';

const parts: readonly [name: string, read: (settings: VpnSettings) => unknown][] = [
  ['name', (settings) => settings.name],
  ['IKE version', (settings) => settings.ike.version],
  ['IKE lifetime', (settings) => settings.ike.lifetimeSeconds],
  ['IKE cipher suites', (settings) => settings.ike.proposals],
  ['ESP lifetime', (settings) => settings.esp.lifetimeSeconds],
  ['ESP cipher suites', (settings) => settings.esp.proposals],
  ['peer IP', (settings) => settings.peerIp],
  ['peer ID', (settings) => settings.peerId],
  ['peer subnets', (settings) => settings.peerSubnets],
  ['UDP encapsulation', (settings) => settings.udpEncapsulation],
  ['dead peer detection', (settings) => settings.dpdDelaySeconds],
];

/** What differs between two versions of a VPN's settings, in the words of the form. */
export const changedParts = (before: VpnSettings, after: VpnSettings): string[] =>
  parts
    .filter(([, read]) => JSON.stringify(read(before)) !== JSON.stringify(read(after)))
    .map(([name]) => name);
