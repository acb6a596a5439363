import type { Selectable } from 'kysely';
import type { VpnSettings } from '../../contract/vpns.ts';
import { readTexts } from './json.ts';
import type { VpnTable } from './schema.ts';

/** What an admin chose, out of a row. Not the pre-shared key: that stays sealed. */
export const settingsOfRow = (row: Selectable<VpnTable>): VpnSettings => ({
  name: row.name,
  ike: {
    version: row.ike_version,
    lifetimeSeconds: row.ike_lifetime_seconds,
    proposals: readTexts(row.ike_proposals),
  },
  esp: { lifetimeSeconds: row.esp_lifetime_seconds, proposals: readTexts(row.esp_proposals) },
  peerIp: row.peer_ip,
  peerId: row.peer_id,
  peerSubnets: readTexts(row.peer_subnets),
  udpEncapsulation: row.udp_encapsulation === 1,
  dpdDelaySeconds: row.dpd_delay_seconds,
});

/** The columns of settings that were checked and are in canonical form. */
export const rowOfSettings = (settings: VpnSettings) => ({
  name: settings.name,
  name_key: settings.name.toLowerCase(),
  search: [settings.name, settings.peerIp, settings.peerId ?? '', ...settings.peerSubnets]
    .join(' ')
    .toLowerCase(),
  ike_version: settings.ike.version,
  ike_lifetime_seconds: settings.ike.lifetimeSeconds,
  ike_proposals: JSON.stringify(settings.ike.proposals),
  esp_lifetime_seconds: settings.esp.lifetimeSeconds,
  esp_proposals: JSON.stringify(settings.esp.proposals),
  peer_ip: settings.peerIp,
  peer_id: settings.peerId,
  peer_subnets: JSON.stringify(settings.peerSubnets),
  udp_encapsulation: settings.udpEncapsulation ? (1 as const) : (0 as const),
  dpd_delay_seconds: settings.dpdDelaySeconds,
});

/** The context a VPN's pre-shared key is sealed with: a sealed key opens for no other VPN. */
export const pskContext = (vpnId: string) => `vpn:${vpnId}:psk`;
