import { createHmac } from 'node:crypto';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { firstGeneration, namesOf, type Generation } from './generations.ts';
import type { SharedKey } from './vici/client.ts';
import type { ViciObject } from './vici/section.ts';

/**
 * Keys are found by the peer's address or identity. Without owners the key loaded last would serve every VPN; of two
 * generations of one VPN the last one does, which is the one that comes up.
 */
export const sharedKeyOf = (vpn: DesiredVpn, name: string = vpn.id): SharedKey => ({
  id: name,
  data: vpn.preSharedKey,
  owners: [...new Set([vpn.peerIp, vpn.peerId])],
});

/** Without traffic CHILD_SAs get no policies: charon then installs neither routes nor anything else that leads into them. */
type ConnectionUse = { carriesTraffic: boolean };

/**
 * The settings of `load-conn`. charon only keeps what is up: it starts and restarts nothing by itself (`start_action`,
 * `close_action` and `dpd_action` none, one try), because it gives up for ever after a refusal, and would start again in
 * a tight loop on a gateway that closes every CHILD_SA. Starting again is the tunnel's own work.
 */
export function connectionOf(
  vpn: DesiredVpn,
  { carriesTraffic }: ConnectionUse = { carriesTraffic: true },
  generation: Generation<DesiredVpn | null> = firstGeneration(vpn),
): ViciObject {
  const children = generation.children.map(({ name, subnets }): [string, ViciObject] => [
    name,
    {
      remote_ts: subnets,
      esp_proposals: vpn.esp.proposals,
      ...childLifetimes(vpn.esp.lifetimeSeconds),
      start_action: 'none',
      close_action: 'none',
      dpd_action: 'clear',
      ...(carriesTraffic ? {} : { policies: 'no' }),
    },
  ]);
  return {
    version: String(vpn.ike.version),
    remote_addrs: [vpn.peerIp],
    proposals: vpn.ike.proposals,
    vips: virtualIpRequests(vpn.peerSubnets, generation.virtualIps),
    encap: vpn.udpEncapsulation ? 'yes' : 'no',
    mobike: 'no',
    unique: 'never',
    keyingtries: '1',
    dpd_delay: `${vpn.dpdDelaySeconds}s`,
    ...ikeLifetimes(vpn.ike.lifetimeSeconds, namesOf(vpn.id).indexOf(generation.name)),
    // Only EAP makes anything of aaa_id. Here it keeps two VPNs to one gateway apart, as `rand_time` below does generations.
    local: { auth: 'psk', id: vpn.localId, aaa_id: vpn.id },
    remote: { auth: 'psk', id: vpn.peerId },
    children: Object.fromEntries(children),
  };
}

/**
 * Asks an IKEv2 gateway that answered AUTHENTICATION_FAILED for no identity in particular (no IDr), to learn whether the
 * key or the identity was refused. Its key has to fit any identity, and is loaded for this one attempt only.
 */
export const identityProbeOf = (
  vpn: DesiredVpn,
  use?: ConnectionUse,
): { key: SharedKey; connection: ViciObject } => ({
  key: { id: probeName(vpn.id), data: vpn.preSharedKey, owners: ['%any'] },
  connection: { ...connectionOf(vpn, use), remote: { auth: 'psk', id: '%any' } },
});

export const probeName = (vpnId: string): string => `${vpnId}-identity`;

/** 0.0.0.0 asks for an IPv4 address, :: for an IPv6 one; a gateway without a pool of that family refuses. */
function virtualIpRequests(subnets: readonly string[], wanted: readonly string[]): string[] {
  const ipv6 = wanted.find((address) => address.includes(':')) ?? '::';
  const ipv4 = wanted.find((address) => !address.includes(':')) ?? '0.0.0.0';
  const { hasIpv4, hasIpv6 } = familiesOf(subnets);
  return [...(hasIpv4 ? [ipv4] : []), ...(hasIpv6 ? [ipv6] : [])];
}

/** Which address families a tunnel for these subnets needs a virtual IP of. */
export const familiesOf = (subnets: readonly string[]): { hasIpv4: boolean; hasIpv6: boolean } => ({
  hasIpv4: subnets.some((subnet) => !subnet.includes(':')),
  hasIpv6: subnets.some((subnet) => subnet.includes(':')),
});

/**
 * A lifetime L is hard: keys are renewed some time before (0.9 L at the earliest, at random, so that replicas don't all
 * do it at once), given up at L. The margin stays small: a gateway may ask for a shorter time (AUTH_LIFETIME), and charon
 * takes the margin off that; one below the margin makes it authenticate anew again and again (seen on 5.9.8).
 *
 * The range of the random part tells the generations of a VPN apart: of two connections that differ in nothing that
 * peer_cfg_t.equals looks at (the pre-shared key and the name don't count), `initiate` takes the IKE_SA that is up.
 */
function ikeLifetimes(seconds: number, generation: number): ViciObject {
  const tenth = Math.round(seconds * 0.1);
  const over = Math.min(tenth, 60);
  return {
    rekey_time: `${seconds - over}s`,
    over_time: `${over}s`,
    rand_time: `${tenth + Math.max(0, generation)}s`,
  };
}

/** All three are given: with only life_time, strongSwan 5.9.8 keeps rekey_time at 1 h and may compute a negative time. */
function childLifetimes(seconds: number): ViciObject {
  const margin = Math.round(seconds * 0.1);
  return { life_time: `${seconds}s`, rekey_time: `${seconds - margin}s`, rand_time: `${margin}s` };
}

/**
 * Tells whether two VPNs need the same tunnel: what the name and the revision don't. Keyed, since it covers the
 * pre-shared key and is kept on disk.
 */
export function fingerprintOf(vpn: DesiredVpn, secret: string): string {
  const {
    id,
    ike,
    esp,
    preSharedKey,
    peerIp,
    peerId,
    localId,
    peerSubnets,
    udpEncapsulation,
    dpdDelaySeconds,
  } = vpn;
  const settled = [
    id,
    ike,
    esp,
    preSharedKey,
    peerIp,
    peerId,
    localId,
    peerSubnets,
    udpEncapsulation,
    dpdDelaySeconds,
  ];
  return createHmac('sha256', secret).update(JSON.stringify(settled)).digest('hex');
}
