import { wasEstablished } from './evidence.ts';
import { gatewaySide, matchLine, part, peerIdOf, type DiagnosisRow } from './row.ts';

const editKey = { label: 'Edit pre-shared key', field: 'preSharedKey' };
const editPeerId = { label: 'Edit peer ID', field: 'peerId' };

/** charon has no key that fits: nothing an admin of the VPN did. */
export const keyMissing: DiagnosisRow = {
  code: 'key_missing',
  severity: 'failure',
  match: (evidence) =>
    matchLine(evidence, /^no shared key found for '[^']*'(?:\[[^\]]*\])? - '(?<peer>[^']*)'/) ??
    matchLine(evidence, /^no shared key found for /),
  explain: (parts, vpn) => {
    const texts = {
      short: 'No key for this peer',
      title: 'The replica has no pre-shared key for this gateway',
      gateway: null,
    };
    if (parts['peer'] === peerIdOf(vpn)) {
      return {
        ...texts,
        cause:
          'strongSwan on the replica has lost this VPN’s key. The replica gives it the key again by itself.',
        here: { text: 'Nothing, if it comes back within a minute.', action: null, command: null },
      };
    }
    return {
      ...texts,
      cause: `The gateway answered as ${part(parts, 'peer', 'another identity')}, and the key of this VPN is kept for ${vpn.peerIp} and ${peerIdOf(vpn)} only.`,
      here: {
        text: 'Set the peer ID to the identity that the gateway shows.',
        action: editPeerId,
        command: null,
      },
    };
  },
};

/** IKEv1: the keys of the exchange depend on the PSK, so a different one makes the messages unreadable. */
export const pskDiffersV1: DiagnosisRow = {
  code: 'psk_differs_v1',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 1 && !wasEstablished(evidence)
      ? matchLine(evidence, /payload length, decryption failed\?|^could not decrypt payloads/)
      : null,
  explain: (_, vpn, localId) => ({
    short: 'Pre-shared key differs',
    title: 'The pre-shared key doesn’t match the gateway’s',
    cause:
      'The gateway answers, but its messages can’t be decrypted. In IKEv1 that is how a different pre-shared key shows.',
    here: {
      text: 'Paste the gateway’s key again. Watch for blanks and line breaks at its ends.',
      action: editKey,
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The two sides have different pre-shared keys.',
      text: `Set the pre-shared key for unknown peers (%any) to the same key as in this VPN.`,
      logLine: '“could not decrypt payloads” or “invalid ID_V1 payload length, decryption failed?”',
    }),
  }),
};

/** The gateway calls itself something else than expected. */
export const peerIdentityDiffers: DiagnosisRow = {
  code: 'peer_identity_differs',
  severity: 'failure',
  match: (evidence) => {
    const seen = matchLine(evidence, /^IDir '(?<shown>.*)' does not match to '(?<expected>.*)'$/);
    if (seen) return seen;
    const proof = matchLine(evidence, /^authentication of '(?<shown>.*)' with .* successful$/);
    const required = matchLine(evidence, /^constraint check failed: identity '(?<expected>.*)' required/);
    if (proof && required) {
      return {
        ...required,
        parts: { ...proof.parts, ...required.parts },
        proof: [...proof.proof, ...required.proof],
      };
    }
    if (evidence.identityProbe?.outcome !== 'shown') return null;
    const refused = matchLine(evidence, /^received AUTHENTICATION_FAILED notify error/);
    return {
      parts: { shown: evidence.identityProbe.identity, expected: evidence.wanted.peerId },
      proof: [
        ...(refused?.proof ?? []),
        `asked for no particular identity: authentication of '${evidence.identityProbe.identity}' with pre-shared key successful`,
      ],
      final: true,
    };
  },
  explain: (parts, vpn, localId) => {
    const shown = part(parts, 'shown', 'another identity');
    const expected = part(parts, 'expected', peerIdOf(vpn));
    return {
      short: 'Peer identity differs',
      title: `The gateway calls itself ${shown}, not ${expected}`,
      cause: `The pre-shared key is right, but the gateway’s identity is ${shown} and this VPN expects ${expected}. That is common when the gateway is behind NAT and shows its private address.`,
      here: { text: `Set the peer ID to ${shown}.`, action: editPeerId, command: null },
      gateway: gatewaySide(vpn, localId, {
        finding: `The gateway identifies itself as ${shown}; we expect ${expected}.`,
        text: `Set the gateway’s own identity to ${expected} (leftid=${expected}).`,
        logLine: `“no matching peer config found”, or the identity after “looking for”`,
      }),
    };
  },
};

/** IKEv2, refused also when no particular identity of the gateway was asked for. */
export const pskDiffersV2: DiagnosisRow = {
  code: 'psk_differs_v2',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 2 && evidence.identityProbe?.outcome === 'refused'
      ? matchLine(evidence, /^received AUTHENTICATION_FAILED notify error/)
      : null,
  explain: (_, vpn, localId) => ({
    short: 'Pre-shared key differs',
    title: 'The gateway refuses the pre-shared key',
    cause: `The gateway answered that authentication failed, also when asked under any identity of its own. So either the keys differ, or it doesn’t accept the identity ${localId}.`,
    here: {
      text: 'Paste the gateway’s key again. Watch for blanks and line breaks at its ends.',
      action: editKey,
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway answers AUTHENTICATION_FAILED.',
      text: 'Compare the pre-shared key, and accept any remote identity (rightid=%any).',
      logLine:
        '“tried 1 shared key for …, but MAC mismatched” (the keys differ) or “no matching peer config found” (an identity)',
    }),
  }),
};

/** IKEv2: one answer for two causes, and it couldn't be told which. */
export const authenticationRefused: DiagnosisRow = {
  code: 'authentication_refused',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 2 ? matchLine(evidence, /^received AUTHENTICATION_FAILED notify error/) : null,
  explain: (_, vpn, localId) => ({
    short: 'Authentication refused',
    title: 'The gateway refuses the pre-shared key or an identity',
    cause:
      'In IKEv2 a gateway gives one answer for both: the keys differ, or it doesn’t know one of the two identities. Its log tells which.',
    here: {
      text: `Paste the gateway’s key again, and compare the peer ID (${peerIdOf(vpn)}) with the gateway’s own identity.`,
      action: editKey,
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway answers AUTHENTICATION_FAILED.',
      text: `Compare the pre-shared key, use ${peerIdOf(vpn)} as the gateway’s own identity, and accept any remote identity (rightid=%any).`,
      logLine: '“MAC mismatched” (the keys differ) or “no matching peer config found” (an identity)',
    }),
  }),
};

/** IKEv1: the gateway only lets in identities that it knows. */
export const identityRefused: DiagnosisRow = {
  code: 'identity_refused',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 1 ? matchLine(evidence, /^received AUTHENTICATION_FAILED error notify/) : null,
  explain: (_, vpn, localId) => ({
    short: 'Identity refused',
    title: 'The gateway doesn’t accept this replica’s identity',
    cause: `The keys match, but the gateway doesn’t let in ${localId}. Every replica has an identity of its own, so that several can be connected at once.`,
    here: { text: 'Nothing: the gateway has to accept any remote identity.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: `The gateway refuses the identity ${localId}.`,
      text: 'Accept any remote identity (rightid=%any).',
      logLine:
        '“no peer config found” or “found … matching config, but none allows pre-shared key authentication”',
    }),
  }),
};

/** IKEv1, strongSwan as gateway: it has no key for a peer it doesn't know by address. */
export const gatewayKeyMissing: DiagnosisRow = {
  code: 'gateway_key_missing',
  severity: 'failure',
  match: (evidence) => matchLine(evidence, /^received INVALID_KE_PAYLOAD error notify/),
  explain: (_, vpn, localId) => ({
    short: 'Gateway has no key',
    title: 'The gateway has no pre-shared key for unknown peers',
    cause: 'Replicas connect from changing addresses, and the gateway looked for a key for this one in vain.',
    here: { text: 'Nothing: the key is missing on the gateway.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway finds no pre-shared key for our address.',
      text: `Add a key for any peer, in strongSwan’s ipsec.secrets: ${peerIdOf(vpn)} %any : PSK "…"`,
      logLine: '“no shared key found for …”',
    }),
  }),
};
