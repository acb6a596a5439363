import { wasEstablished } from './evidence.ts';
import { gatewaySide, listed, matchLine, part, type DiagnosisRow } from './row.ts';

const editIke = { label: 'Edit IKE suites', field: 'ike.proposals' };
const editEsp = { label: 'Edit ESP suites', field: 'esp.proposals' };

export const dhGroupDiffers: DiagnosisRow = {
  code: 'dh_group_differs',
  severity: 'failure',
  match: (evidence) => {
    const asked = matchLine(
      evidence,
      /^peer didn't accept (?:DH group|key exchange method) (?<offered>\S+), it requested (?<requested>[^\s,]+)/,
    );
    // With several suites this is an ordinary step: charon goes on with the group that was asked for.
    return evidence.phase === 'ended' && !wasEstablished(evidence) ? asked : null;
  },
  explain: (parts, vpn, localId) => {
    const requested = part(parts, 'requested', 'another group');
    return {
      short: 'Key exchange differs (IKE)',
      title: `The gateway wants the key exchange ${requested}`,
      cause: `This VPN offers ${part(parts, 'offered', listed(vpn.ike.proposals))}; the gateway asked for ${requested}.`,
      here: { text: `Add an IKE suite with ${requested}.`, action: editIke, command: null },
      gateway: gatewaySide(vpn, localId, {
        finding: `The gateway asked for ${requested}; we offer ${listed(vpn.ike.proposals)}.`,
        text: `Allow ike=${listed(vpn.ike.proposals)} for this connection.`,
        logLine: '“DH group … unacceptable, requesting …”',
      }),
    };
  },
};

export const ikeVersionRefused: DiagnosisRow = {
  code: 'ike_version_refused',
  severity: 'failure',
  match: (evidence) => matchLine(evidence, /^received INVALID_MAJOR_VERSION/),
  explain: (_, vpn, localId) => ({
    short: 'IKE version differs',
    title: `The gateway doesn’t speak IKEv${vpn.ike.version}`,
    cause: `The gateway refused the very first message because of its IKE version.`,
    here: {
      text: `Set the version to IKEv${vpn.ike.version === 1 ? 2 : 1}, if that is what the gateway has.`,
      action: { label: 'Edit IKE version', field: 'ike.version' },
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: `The gateway refuses IKEv${vpn.ike.version}.`,
      text: `Allow IKEv${vpn.ike.version} (keyexchange=ikev${vpn.ike.version}).`,
      logLine: '“INVALID_MAJOR_VERSION”',
    }),
  }),
};

/** NO_PROPOSAL_CHOSEN before IKE is up. Also what a gateway says that has no connection for us, or is still starting. */
export const ikeSuiteRefused: DiagnosisRow = {
  code: 'ike_suite_refused',
  severity: 'failure',
  match: (evidence) =>
    wasEstablished(evidence)
      ? null
      : matchLine(evidence, /^received NO_PROPOSAL_CHOSEN (?:error notify|notify)/),
  explain: (_, vpn, localId) => ({
    short: 'Cipher suites differ (IKE)',
    title: 'The gateway refuses the IKE cipher suite',
    cause: `The gateway accepts none of the IKEv${vpn.ike.version} suites offered: ${listed(vpn.ike.proposals)}. It gives the same answer when its IKE version differs, or when it has no connection for unknown addresses.`,
    here: {
      text: 'Set the IKE version and suite that the gateway has. Its log names them after “configured proposals”.',
      action: editIke,
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: `The gateway answers NO_PROPOSAL_CHOSEN to IKEv${vpn.ike.version}, ${listed(vpn.ike.proposals)}.`,
      text: `Allow keyexchange=ikev${vpn.ike.version} and ike=${listed(vpn.ike.proposals)} for a connection from any address (right=%any).`,
      logLine: '“received proposals unacceptable”, “no proposal found” or “no IKE config found for …”',
    }),
  }),
};

/** NO_PROPOSAL_CHOSEN after IKE is up. */
export const espSuiteRefused: DiagnosisRow = {
  code: 'esp_suite_refused',
  severity: 'failure',
  match: (evidence) =>
    wasEstablished(evidence) ? matchLine(evidence, /^received NO_PROPOSAL_CHOSEN /) : null,
  explain: (_, vpn, localId) => ({
    short: 'Cipher suites differ (ESP)',
    title: 'The gateway refuses the ESP cipher suite',
    cause: `The sides know each other (IKE is up), but the gateway accepts none of the ESP suites offered: ${listed(vpn.esp.proposals)}.`,
    here: {
      text: 'Add the suite the gateway has. Its log names it after “configured proposals”. The key exchange group (PFS) counts too.',
      action: editEsp,
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: `IKE is up, but the gateway answers NO_PROPOSAL_CHOSEN to the ESP suites ${listed(vpn.esp.proposals)}.`,
      text: `Allow esp=${listed(vpn.esp.proposals)} for this connection.`,
      logLine: '“no matching proposal found, sending NO_PROPOSAL_CHOSEN”',
    }),
  }),
};

/** We tell a gateway that renews the keys itself that its proposal doesn't do. */
const refusedByUs = /^generating CREATE_CHILD_SA response \d+ \[ N\(NO_PROP\) \]/;

/**
 * IKEv2 negotiates PFS for the first time at the first rekeying, which either side may begin: it works, then drops. A
 * rekeying that succeeds later (after both sides began at once, say) takes it back.
 */
export const rekeyingFails: DiagnosisRow = {
  code: 'rekeying_fails',
  severity: 'warning',
  match: (evidence) => {
    const renewed = evidence.log.findLastIndex((line) => /CHILD_SA \S+ established /.test(line));
    const since = { ...evidence, log: evidence.log.slice(renewed + 1) };
    const ours = matchLine(since, /^CHILD_SA rekeying failed/, { final: false });
    if (ours) return ours;
    // The line before it: an IKE_SA's rekeying is refused in the same words otherwise.
    const refused = matchLine(since, /^no acceptable proposal found$/, { final: false });
    if (!refused || !since.log.some((line) => refusedByUs.test(line))) return null;
    const compared = since.log.filter((line) => /^(?:received|configured) proposals: ESP:/.test(line));
    return { ...refused, proof: [...compared, ...refused.proof] };
  },
  explain: (_, vpn, localId) => ({
    short: 'Drops when keys are renewed',
    title: 'The tunnel works, then drops when its keys are renewed',
    cause: `Renewing the ESP keys failed. Most often the key exchange group of the ESP suite (PFS) differs: IKEv2 compares it only when the keys are renewed, before ${vpn.esp.lifetimeSeconds} s are over.`,
    here: {
      text: 'Give the ESP suite the same key exchange group as on the gateway.',
      action: editEsp,
      command: null,
    },
    gateway: gatewaySide(vpn, localId, {
      finding: 'Rekeying the CHILD_SA fails; most often the PFS group differs.',
      text: `Allow esp=${listed(vpn.esp.proposals)}, with its key exchange group.`,
      logLine: '“no matching proposal found” or “DH group … unacceptable” while rekeying',
    }),
  }),
};
