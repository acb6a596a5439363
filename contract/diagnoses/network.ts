import { wasEstablished, type Evidence } from './evidence.ts';
import { gatewaySide, matchLine, type DiagnosisRow, type Match } from './row.ts';

/** Retransmissions without an answer after which it is said, while charon still tries: some 4 s. */
const SHOWN_AFTER = 2;

/** Unanswered messages of a kind: charon's lines of IKEv1 (`message ID 0, seq 1`) and IKEv2 (`message ID 0`). */
function unanswered(evidence: Evidence, message: string): Match | null {
  const pattern = new RegExp(
    `^(?:sending )?retransmit (?<count>\\d+) of request (?:with )?message ID ${message}$`,
  );
  const proof = evidence.log.filter((line) => pattern.test(line));
  const count = Number(pattern.exec(proof.at(-1) ?? '')?.groups?.['count'] ?? 0);
  const gaveUp = evidence.log.filter((line) =>
    /^giving up after \d+ retransmits|peer not responding/.test(line),
  );
  if (count < SHOWN_AFTER && !(count > 0 && evidence.phase === 'ended')) return null;
  return { parts: {}, proof: [...proof, ...gaveUp], final: false };
}

/** charon finds no address to send from when there is no route. */
export const noRoute: DiagnosisRow = {
  code: 'no_route',
  severity: 'failure',
  match: (evidence) =>
    wasEstablished(evidence)
      ? null
      : matchLine(evidence, /^sending packet: from (?:0\.0\.0\.0|::|%any)\[\d+\] to /),
  explain: (_, vpn) => ({
    short: 'No route to the gateway',
    title: `The replica has no route to ${vpn.peerIp}`,
    cause: `The replica’s own network knows no way to ${vpn.peerIp}: it isn’t connected, or has no default route.`,
    here: {
      text: 'Give the replica a route to the internet. This shows what it has:',
      action: null,
      command: `ip route get ${vpn.peerIp}`,
    },
    gateway: null,
  }),
};

export const gatewayUnreachable: DiagnosisRow = {
  code: 'gateway_unreachable',
  severity: 'failure',
  match: (evidence) => (wasEstablished(evidence) ? null : unanswered(evidence, '0(?:, seq 1)?')),
  explain: (_, vpn, localId) => ({
    short: 'Gateway unreachable',
    title: `No answer from ${vpn.peerIp}`,
    cause: `The replica sends to ${vpn.peerIp}, UDP port 500, and nothing comes back: the address is wrong, the gateway is down, or a firewall is in between.`,
    here: {
      text: 'Check the peer IP, and that this replica may send to UDP 500 and 4500.',
      action: { label: 'Edit peer IP', field: 'peerIp' },
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: `${vpn.peerIp} doesn’t answer on UDP port 500.`,
      text: `Let UDP 500 and 4500 in from any address, forward them if ${vpn.peerIp} is a router in front of the gateway, and check that the VPN service runs.`,
      logLine: 'nothing at all: our packets don’t arrive',
    }),
  }),
};

/** IKEv2: the first exchange goes over UDP 500, the second over 4500. */
export const natPortBlocked: DiagnosisRow = {
  code: 'udp_4500_blocked',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 2 && !wasEstablished(evidence) ? unanswered(evidence, '1') : null,
  explain: (_, vpn, localId) => ({
    short: 'UDP 4500 blocked',
    title: 'The gateway answers on UDP 500, but not on UDP 4500',
    cause: `The first exchange succeeded on UDP port 500. The next goes over UDP port 4500, and nothing comes back: a firewall blocks it, or drops fragments of large packets.`,
    here: { text: 'Check that this replica may send to UDP 4500.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: `${vpn.peerIp} answers on UDP port 500, but not on 4500.`,
      text: 'Let UDP 4500 in from any address, fragments included, and forward it like UDP 500.',
      logLine: 'an IKE_SA_INIT exchange from our address that no IKE_AUTH follows',
    }),
  }),
};

/** IKEv1: the third message is the first on UDP 4500 and the first that depends on the key; silence has both causes. */
export const silentAfterKeyExchange: DiagnosisRow = {
  code: 'silent_after_key_exchange',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 1 && !wasEstablished(evidence) ? unanswered(evidence, '0, seq [23]') : null,
  explain: (_, vpn, localId) => ({
    short: 'Silent after key exchange',
    title: 'The gateway stops answering after the key exchange',
    cause:
      'The first messages were answered. Then the gateway fell silent: most often the pre-shared key differs or it doesn’t know one of the identities, sometimes UDP port 4500 is blocked.',
    here: {
      text: 'Compare the pre-shared key and the peer ID with the gateway, and let UDP 4500 out.',
      action: { label: 'Edit pre-shared key', field: 'preSharedKey' },
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway stops answering after the key exchange (main mode, message 5).',
      text: 'Compare the pre-shared key, accept any remote identity (rightid=%any), and let UDP 4500 in.',
      logLine:
        '“could not decrypt payloads”, “no peer config found”, or nothing after “remote host is behind NAT”',
    }),
  }),
};

/** It worked, and then the peer was gone: dead peer detection or a rekeying got no answer. */
export const gatewayLost: DiagnosisRow = {
  code: 'gateway_lost',
  severity: 'failure',
  match: (evidence) =>
    evidence.phase !== 'up' && wasEstablished(evidence)
      ? matchLine(evidence, /^giving up after \d+ retransmits|DPD check timed out/, { final: false })
      : null,
  explain: (_, vpn, localId) => ({
    short: 'Gateway stopped answering',
    title: `${vpn.peerIp} stopped answering`,
    cause:
      'The tunnel was up, then the gateway no longer answered. The replica keeps trying and comes back by itself.',
    here: { text: 'Nothing, unless this replica’s own network changed.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: `${vpn.peerIp} stopped answering while the tunnel was up.`,
      text: 'Check that the gateway runs and has its internet connection.',
      logLine: 'a restart of the VPN service, or a change of the address',
    }),
  }),
};
