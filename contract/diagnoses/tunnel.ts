import { wasEstablished } from './evidence.ts';
import { gatewaySide, listed, matchLine, part, type DiagnosisRow } from './row.ts';

const editSubnets = { label: 'Edit peer subnets', field: 'peerSubnets' };

/** How long something may go out with nothing coming back before it is said, in seconds. */
const SILENCE_SECONDS = 10;

export const subnetRefused: DiagnosisRow = {
  code: 'subnet_refused',
  severity: 'failure',
  match: (evidence) => {
    if (evidence.phase === 'up') return null;
    const refused = matchLine(
      evidence,
      /^received (?:INVALID_ID_INFORMATION error notify|TS_UNACCEPTABLE notify)/,
    );
    return refused && { ...refused, parts: { subnets: listed(evidence.failedSubnets).slice(0, 500) } };
  },
  explain: (parts, vpn, localId) => {
    const subnets = part(parts, 'subnets', listed(vpn.peerSubnets));
    return {
      short: 'Subnet refused',
      title: `The gateway doesn’t offer ${subnets}`,
      cause: `The sides know each other (IKE is up), but the gateway has no route for ${subnets} in this connection.`,
      here: { text: 'Use the subnets that the gateway offers.', action: editSubnets, command: null },
      gateway: gatewaySide(vpn, localId, {
        finding: `IKE is up, but the gateway refuses the subnet ${subnets}.`,
        text: `Make the gateway’s local subnet contain it (leftsubnet=${subnets}).`,
        logLine: '“traffic selectors … unacceptable” or “no matching CHILD_SA config found”',
      }),
    };
  },
};

/** IKEv1 negotiates each subnet by itself: some may work. */
export const someSubnetsRefused: DiagnosisRow = {
  code: 'some_subnets_refused',
  severity: 'warning',
  match: ({ phase, failedSubnets, log }) =>
    phase === 'up' && failedSubnets.length > 0
      ? {
          parts: { subnets: listed(failedSubnets).slice(0, 500) },
          proof: log.filter((line) => line.startsWith('received ') && line.endsWith(' error notify')),
          final: true,
        }
      : null,
  explain: (parts, vpn, localId) => {
    const subnets = part(parts, 'subnets', 'some subnets');
    return {
      short: 'Some subnets refused',
      title: `The tunnel is up, but not for ${subnets}`,
      cause: `The gateway took the other subnets and refused ${subnets}.`,
      here: { text: 'Use the subnets that the gateway offers.', action: editSubnets, command: null },
      gateway: gatewaySide(vpn, localId, {
        finding: `The gateway refuses the subnet ${subnets}.`,
        text: `Make the gateway’s local subnets contain it (leftsubnet=${listed(vpn.peerSubnets)}).`,
        logLine: '“no matching CHILD_SA config found”',
      }),
    };
  },
};

export const subnetNarrowed: DiagnosisRow = {
  code: 'subnet_narrowed',
  severity: 'warning',
  match: ({ phase, sa, wanted, failedSubnets }) => {
    if (phase !== 'up' || !sa) return null;
    const installed = new Set(sa.remoteSubnets);
    const missing = wanted.peerSubnets.filter(
      (subnet) => !installed.has(subnet) && !failedSubnets.includes(subnet),
    );
    if (missing.length === 0) return null;
    const parts = {
      wanted: listed(missing).slice(0, 500),
      installed: listed(sa.remoteSubnets).slice(0, 500),
    };
    return { parts, proof: [], final: false };
  },
  explain: (parts, vpn, localId) => {
    const wanted = part(parts, 'wanted', listed(vpn.peerSubnets));
    const installed = part(parts, 'installed', 'less');
    return {
      short: 'Subnet narrowed',
      title: `The gateway offers only ${installed}`,
      cause: `This VPN asks for ${wanted}. The gateway narrowed it to ${installed}: the rest can’t be reached.`,
      here: {
        text: 'Use the subnets that the gateway offers, if they are all you need.',
        action: editSubnets,
        command: null,
      },
      gateway: gatewaySide(vpn, localId, {
        finding: `The gateway narrows ${wanted} to ${installed}.`,
        text: `Make the gateway’s local subnet contain it (leftsubnet=${listed(vpn.peerSubnets)}).`,
        logLine: '“TS” in the line “CHILD_SA … established”',
      }),
    };
  },
};

export const noAddressPool: DiagnosisRow = {
  code: 'no_address_pool',
  severity: 'failure',
  match: (evidence) => matchLine(evidence, /^received INTERNAL_ADDRESS_FAILURE notify/),
  explain: (_, vpn, localId) => ({
    short: 'No virtual IP free',
    title: 'The gateway has no virtual IP for this replica',
    cause:
      'Every replica needs an address from the gateway’s pool. The gateway has no pool, or all its addresses are taken.',
    here: { text: 'Nothing: the pool is set on the gateway.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway answers INTERNAL_ADDRESS_FAILURE: it has no virtual IP for us.',
      text: 'Set an address pool that is large enough, one address per replica (rightsourceip=10.200.0.0/24).',
      logLine: '“no virtual IP found for … requested by …”',
    }),
  }),
};

const noPool = {
  finding: 'The gateway assigns no virtual IP.',
  text: 'Set an address pool, one address per replica (rightsourceip=10.200.0.0/24).',
  logLine: '“no virtual IP found for … requested by …”',
};

/** IKEv1: without a pool the tunnel comes up all the same, from the replica's own address. */
export const noVirtualIp: DiagnosisRow = {
  code: 'no_virtual_ip',
  severity: 'warning',
  match: ({ phase, sa }) =>
    phase === 'up' && sa !== null && sa.virtualIps.length === 0
      ? { parts: {}, proof: [], final: false }
      : null,
  explain: (_, vpn, localId) => ({
    short: 'No virtual IP',
    title: 'The tunnel is up without a virtual IP',
    cause:
      'The gateway assigned no virtual IP, so this replica speaks with its own address. Replies find their way back only if the private network knows that address.',
    here: { text: 'Nothing: the pool is set on the gateway.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, noPool),
  }),
};

/** IKEv1: the gateway assigned no address, took the tunnel, and then closed it (strongSwan that can't install it). */
export const closedWithoutVirtualIp: DiagnosisRow = {
  code: 'closed_without_virtual_ip',
  severity: 'failure',
  match: (evidence) =>
    evidence.ikeVersion === 1 &&
    evidence.phase !== 'up' &&
    evidence.log.some((line) => /^parsed TRANSACTION response \d+ \[ HASH CP \]/.test(line))
      ? matchLine(evidence, /^received DELETE for (?:ESP CHILD_SA|IKE_SA)/)
      : null,
  explain: (_, vpn, localId) => ({
    short: 'No virtual IP',
    title: 'The gateway assigns no virtual IP, and closes the tunnel',
    cause:
      'Every replica needs an address from the gateway’s pool. The gateway assigned none, and closed the tunnel right after it came up.',
    here: { text: 'Nothing: the pool is set on the gateway.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, noPool),
  }),
};

export const nothingComesBack: DiagnosisRow = {
  code: 'nothing_comes_back',
  severity: 'warning',
  match: ({ phase, sa }) =>
    phase === 'up' && sa !== null && sa.silentSeconds >= SILENCE_SECONDS
      ? { parts: { virtualIp: sa.virtualIps[0] ?? '' }, proof: [], final: false }
      : null,
  explain: (parts, vpn, localId) => {
    const pool = part(parts, 'virtualIp', 'the address pool');
    return {
      short: 'Nothing comes back',
      title: 'The tunnel is up, but nothing comes back',
      cause:
        'Packets go into the tunnel, and not one has come out. The private network most often lacks a route back, or a firewall drops them.',
      here: {
        text: 'Nothing, unless the addresses you try don’t exist: verify with one that answers.',
        action: null,
        command: null,
      },
      gateway: gatewaySide(vpn, localId, {
        finding: `The tunnel is up, but no packet comes back to ${pool}.`,
        text: `Route the address pool (${pool} is from it) to the gateway, switch on forwarding there, and allow the pool in the firewall.`,
        logLine: 'packet counters of the CHILD_SA: in grows, out stays',
      }),
    };
  },
};

/** The gateway allows one session per identity or address, and a second replica ends the first. */
export const replacedByAnother: DiagnosisRow = {
  code: 'replaced_by_another',
  severity: 'warning',
  match: (evidence) =>
    evidence.evictions >= 2
      ? {
          parts: { count: String(evidence.evictions) },
          proof: evidence.log.filter((line) => line.startsWith('received DELETE for IKE_SA')),
          final: false,
        }
      : null,
  explain: (parts, vpn, localId) => ({
    short: 'Ended again and again',
    title: 'The gateway ends the tunnel again and again',
    cause: `The gateway closed it ${part(parts, 'count', 'several')} times shortly after it came up. Most often it allows one session at a time, and another replica takes it over.`,
    here: { text: 'Nothing: every replica has an identity of its own already.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway closes our session shortly after it came up.',
      text: 'Allow several sessions at once (uniqueids=never; in swanctl.conf unique=never).',
      logLine: '“deleting duplicate IKE_SA” or “replacing … due to uniqueness policy”',
    }),
  }),
};

export const gatewayClosed: DiagnosisRow = {
  code: 'gateway_closed',
  severity: 'failure',
  match: (evidence) =>
    evidence.phase !== 'up' && wasEstablished(evidence)
      ? matchLine(evidence, /^received DELETE for (?:IKE_SA|ESP CHILD_SA)/, { final: false })
      : null,
  explain: (_, vpn, localId) => ({
    short: 'Closed by the gateway',
    title: 'The gateway closed the tunnel',
    cause:
      'The gateway said that it ends the tunnel: it restarts, or someone ended the session. The replica connects again by itself.',
    here: { text: 'Nothing, if it comes back within a minute.', action: null, command: null },
    gateway: gatewaySide(vpn, localId, {
      finding: 'The gateway closed the tunnel.',
      text: 'Check why the session was ended there.',
      logLine: '“deleting IKE_SA” or “closing CHILD_SA”',
    }),
  }),
};
