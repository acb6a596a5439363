import { wasEstablished } from './evidence.ts';
import { matchLine, part, type DiagnosisRow } from './row.ts';

export const unsupported: DiagnosisRow = {
  code: 'unsupported',
  severity: 'failure',
  match: ({ capability }) =>
    capability.supported
      ? null
      : {
          parts: {
            code: capability.code ?? '',
            reason: (capability.reason ?? '').slice(0, 500),
            fix: (capability.fix ?? '').slice(0, 500),
          },
          proof: [],
          final: true,
        },
  explain: (parts) => ({
    short: 'Can’t do IPsec',
    title: 'This replica can’t do IPsec',
    cause: part(parts, 'reason', 'Something that IPsec needs is missing on this replica.'),
    here: {
      text: parts['fix']
        ? 'Run this on the replica. The agent notices by itself.'
        : 'Mend it on the replica. The agent notices by itself.',
      action: null,
      command: parts['fix'] || null,
    },
    gateway: null,
  }),
};

export const configRefused: DiagnosisRow = {
  code: 'config_refused',
  severity: 'failure',
  match: ({ refusal, log }) =>
    refusal === null ? null : { parts: { reason: refusal.slice(0, 500) }, proof: log, final: true },
  explain: (parts) => ({
    short: 'Settings not supported',
    title: 'The replica’s strongSwan doesn’t take these settings',
    cause: `It answered: ${part(parts, 'reason', 'configuration refused')}. Most often a cipher suite isn’t known to the installed version.`,
    here: {
      text: 'Choose other cipher suites, or update strongSwan on the replica.',
      action: { label: 'Edit cipher suites', field: 'ike.proposals' },
      command: null,
    },
    gateway: null,
  }),
};

/** Negotiated, but this machine's kernel or libipsec can't do it. */
export const installFails: DiagnosisRow = {
  code: 'install_fails',
  severity: 'failure',
  match: (evidence) =>
    matchLine(
      evidence,
      /^(?<detail>unable to install .*(?:SAD|SPD).*|.*conflicts with IKE traffic.*|ESN not supported.*|.*(?:encryption|integrity) algorithm .* not supported by kernel.*)$/,
    ),
  explain: (parts, vpn) => ({
    short: 'Can’t be installed here',
    title: 'The replica can’t install this tunnel',
    cause: `Both sides agreed, but the replica’s system refused: ${part(parts, 'detail', 'no reason given')}. Either it doesn’t know the ESP suite, or a peer subnet is the gateway itself (${vpn.peerIp}).`,
    here: {
      text: 'Choose another ESP suite, and leave the gateway’s own address out of the peer subnets.',
      action: { label: 'Edit ESP suites', field: 'esp.proposals' },
      command: null,
    },
    gateway: null,
  }),
};

/** The table's last row: it ended, and nothing above knows why. */
export const unknown: DiagnosisRow = {
  code: 'unknown',
  severity: 'failure',
  match: (evidence) =>
    evidence.phase === 'ended'
      ? { parts: { ike: wasEstablished(evidence) ? 'up' : '' }, proof: evidence.log, final: false }
      : null,
  explain: (parts, vpn) => ({
    short: 'Failed, cause unknown',
    title: 'The tunnel doesn’t come up, and the cause isn’t known',
    cause: `${parts['ike'] === 'up' ? 'The sides know each other (IKE is up), then it failed' : 'It failed before the sides knew each other'}. Culvert doesn’t recognise what the log says; here it is.`,
    here: {
      text: 'Compare every setting with the gateway: the IKE and ESP settings must exactly match.',
      action: { label: 'Edit VPN', field: 'name' },
      command: null,
    },
    gateway: {
      text: 'Look for the reason in the gateway’s log: it often says more than the replica gets to hear.',
      copy: `Our VPN client can’t connect to your gateway ${vpn.peerIp} (IKEv${vpn.ike.version}). Please send us the gateway’s log lines of the last attempt.`,
      logLine: 'the lines of the last attempt from our address',
    },
  }),
};
