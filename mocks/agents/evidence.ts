import type { Evidence } from '../../contract/diagnoses.ts';
import { kernelIpsec } from './kernelIpsec.ts';

/** What a replica saw when something went wrong, with what every such replica has in common left out. */
type Seen = Partial<Evidence> & { log: string[] };

const established = (version: 1 | 2) =>
  `IKE_SA vpn[${version}] established between 192.168.1.10[billing-api-2]...1.2.3.4[1.2.3.4]`;
const initiating = 'initiating Main Mode IKE_SA vpn[1] to 1.2.3.4';
const initiatingV2 = 'initiating IKE_SA vpn[1] to 198.51.100.20';
const peerSubnets = ['10.250.0.0/24'];
const sa = {
  virtualIps: ['10.200.0.5'],
  remoteSubnets: peerSubnets,
  bytesIn: 0,
  bytesOut: 2_000_000,
  silentSeconds: 0,
};

/** One example for each way a tunnel can go wrong, by the code it is diagnosed as: charon's own words (strongSwan 5.9.8). */
export const evidenceByCode: Record<string, Seen> = {
  config_refused: { log: [], refusal: 'invalid value for: proposals, config discarded' },
  key_missing: { log: [initiating, `no shared key found for 'billing-api-2' - '10.0.0.1'`] },
  install_fails: { log: [established(1), 'unable to install inbound and outbound IPsec SA (SAD) in kernel'] },
  peer_identity_differs: { log: [initiating, `IDir '10.0.0.1' does not match to '1.2.3.4'`] },
  psk_differs_v1: {
    log: [initiating, 'invalid HASH_V1 payload length, decryption failed?', 'could not decrypt payloads'],
  },
  psk_differs_v2: {
    ikeVersion: 2,
    log: [initiatingV2, 'received AUTHENTICATION_FAILED notify error'],
    identityProbe: { outcome: 'refused' },
  },
  authentication_refused: {
    ikeVersion: 2,
    log: [initiatingV2, 'received AUTHENTICATION_FAILED notify error'],
  },
  identity_refused: { log: [initiating, 'received AUTHENTICATION_FAILED error notify'] },
  gateway_key_missing: { log: [initiating, 'received INVALID_KE_PAYLOAD error notify'] },
  ike_version_refused: { log: [initiating, 'received INVALID_MAJOR_VERSION notify error'] },
  ike_suite_refused: { log: [initiating, 'received NO_PROPOSAL_CHOSEN error notify'] },
  esp_suite_refused: { log: [initiating, established(1), 'received NO_PROPOSAL_CHOSEN error notify'] },
  dh_group_differs: {
    ikeVersion: 2,
    log: [initiatingV2, `peer didn't accept DH group ECP_384, it requested MODP_2048`],
  },
  subnet_refused: {
    log: [initiating, established(1), 'received INVALID_ID_INFORMATION error notify'],
    failedSubnets: peerSubnets,
  },
  no_address_pool: {
    ikeVersion: 2,
    log: [initiatingV2, established(2), 'received INTERNAL_ADDRESS_FAILURE notify, no CHILD_SA built'],
  },
  closed_without_virtual_ip: {
    log: [
      established(1),
      'parsed TRANSACTION response 1 [ HASH CP ]',
      'received DELETE for ESP CHILD_SA with SPI c1',
    ],
  },
  rekeying_fails: {
    ikeVersion: 2,
    phase: 'up',
    log: ['CHILD_SA rekeying failed, trying again in 12 seconds'],
    sa,
  },
  replaced_by_another: { phase: 'up', log: ['received DELETE for IKE_SA vpn[3]'], evictions: 3, sa },
  some_subnets_refused: {
    phase: 'up',
    log: ['received INVALID_ID_INFORMATION error notify'],
    failedSubnets: ['10.251.0.0/24'],
    sa,
  },
  no_virtual_ip: { phase: 'up', log: [], sa: { ...sa, virtualIps: [] } },
  subnet_narrowed: { ikeVersion: 2, phase: 'up', log: [], sa: { ...sa, remoteSubnets: ['10.250.0.0/28'] } },
  nothing_comes_back: { phase: 'up', log: [], sa: { ...sa, silentSeconds: 720 } },
  no_route: { log: [initiating, 'sending packet: from 0.0.0.0[500] to 1.2.3.4[500] (180 bytes)'] },
  gateway_unreachable: {
    log: [
      initiating,
      'sending retransmit 1 of request message ID 0, seq 1',
      'sending retransmit 2 of request message ID 0, seq 1',
      'giving up after 2 retransmits',
    ],
  },
  udp_4500_blocked: {
    ikeVersion: 2,
    log: [
      initiatingV2,
      'retransmit 1 of request with message ID 1',
      'retransmit 2 of request with message ID 1',
    ],
  },
  silent_after_key_exchange: {
    log: [
      initiating,
      'sending retransmit 1 of request message ID 0, seq 3',
      'sending retransmit 2 of request message ID 0, seq 3',
    ],
  },
  gateway_lost: { log: [established(1), 'giving up after 3 retransmits'] },
  gateway_closed: { log: [established(1), 'received DELETE for IKE_SA vpn[1]'] },
  unknown: { log: [initiating, 'received SITUATION_NOT_SUPPORTED error notify'] },
};

/** A whole piece of evidence, as the agent hands it to `diagnose`. */
export const evidenceOf = (seen: Seen): Evidence => ({
  ikeVersion: 1,
  phase: 'ended',
  failedSubnets: [],
  sa: null,
  identityProbe: null,
  evictions: 0,
  refusal: null,
  capability: kernelIpsec,
  wanted: {
    peerIp: '1.2.3.4',
    peerId: '1.2.3.4',
    localId: 'billing-api-2',
    peerSubnets,
    ikeProposals: ['aes256-sha256-modp2048'],
    espProposals: ['aes256-sha256-modp2048'],
  },
  ...seen,
});
