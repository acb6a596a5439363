import { describeProposal, type Proposal } from '../proposals.ts';
import type { ConfSegment, GatewayPart } from './document.ts';
import { dhGroupNumbers } from './dhGroups.ts';
import {
  identitySegment,
  lifetimeName,
  suitesName,
  type KnownPhase,
  type KnownSettings,
} from './knownSettings.ts';
import { poolSize } from './pools.ts';
import { keyToType } from './keyText.ts';
import type { Rendered } from './rendered.ts';
import { matching, placeholder, plain, valueOr } from './segments.ts';

type Row = Extract<GatewayPart, { kind: 'sheet' }>['rows'][number];

const row = (name: string, values: (ConfSegment | string)[], note: string | null = null): Row => ({
  name,
  values: values.map((value) => (typeof value === 'string' ? plain(value) : value)),
  note,
});

/** `DH group 14 = modp2048`, by number and name, for the groups that the suites use. */
function groupsNote(suites: readonly Proposal[]): string | null {
  const groups = [...new Set(suites.flatMap(({ keyExchange }) => keyExchange))];
  const named = groups.flatMap((keyword) =>
    dhGroupNumbers[keyword] === undefined ? [] : [`DH group ${dhGroupNumbers[keyword]} is ${keyword}`],
  );
  return named.length === 0 ? null : named.join(', ');
}

/** `3600 seconds (1 hour)`. */
function duration({ phase, lifetime }: KnownPhase): ConfSegment {
  if (lifetime === undefined) return placeholder(lifetimeName(phase));
  const [size, unit] = lifetime % 3600 === 0 ? [3600, 'hour'] : [60, 'minute'];
  const count = lifetime / size;
  const rounded = Number.isInteger(count) ? ` (${count} ${unit}${count === 1 ? '' : 's'})` : '';
  return plain(`${lifetime} seconds${rounded}`);
}

const suites = ({ phase, suites: all }: KnownPhase): ConfSegment[] =>
  all.length === 0
    ? [placeholder(suitesName(phase))]
    : all.map((proposal) => matching(`${describeProposal(proposal)} [${proposal.keywords}]`));

/** Every value by its name, for a gateway of which nothing else is known. */
export function renderGeneric(known: KnownSettings): Rendered {
  const { version, ike, esp, pools, preSharedKey } = known;
  const key = keyToType(preSharedKey);
  const several = version === 1 ? 'each in a phase 2 of its own' : 'all in one phase 2 (CHILD_SA)';
  const connection = [
    row('Connection', [known.name]),
    row('IKE version', [matching(`IKEv${version}`)], version === 1 ? 'main mode, without XAUTH' : null),
    row('Role', ['responder'], 'replicas start the connection, and renew it'),
    row('Gateway’s address', [valueOr(known.address?.text, 'peer IP')]),
    row('Gateway’s identity', [identitySegment(known)], 'what it calls itself in IKE (local ID)'),
    row('Replicas’ addresses', ['any']),
    row('Replicas’ identities', ['any'], 'each replica has one of its own, a name ending in .culvert'),
    row('Authentication', ['pre-shared key, both ways']),
    row('Pre-shared key', [key.segment]),
    row('Several connections from one identity or address', ['allowed'], 'uniqueness off'),
  ];
  const phases = [
    row('Phase 1 (IKE) suites', suites(ike), groupsNote(ike.suites)),
    row('Phase 1 (IKE) lifetime', [duration(ike)]),
    row('Phase 2 (ESP) suites', suites(esp), groupsNote(esp.suites)),
    row('Phase 2 (ESP) lifetime', [duration(esp)]),
    row('Mode', ['ESP in tunnel mode']),
    row('UDP encapsulation (NAT traversal)', [known.encapsulate ? 'always' : 'where NAT is found']),
    row('Dead peer detection', [
      valueOr(known.dpdDelay === undefined ? undefined : `${known.dpdDelay} seconds`, 'DPD delay'),
    ]),
  ];
  const networks = [
    row(
      'Networks behind the gateway',
      known.subnets.length === 0 ? [placeholder('peer subnets')] : known.subnets.map(({ text }) => text),
      known.subnets.length > 1 ? several : null,
    ),
    row('Networks behind a replica', ['its virtual IP alone']),
    ...pools.needed.map((needed) => {
      const pool = needed === 4 ? pools.v4 : pools.v6;
      const name = `Virtual IPs (IPv${needed} pool, ${version === 1 ? 'mode config' : 'configuration payload'})`;
      return row(name, [valueOr(pool?.text, 'address pool')], pool ? poolSize(pool) : null);
    }),
    row('Open in the firewall', ['UDP 500', 'UDP 4500'], 'from any address'),
  ];
  return {
    notes: key.note === undefined ? [] : [key.note],
    parts: [
      { kind: 'sheet', title: 'Connection', rows: connection },
      { kind: 'sheet', title: 'Suites and lifetimes', rows: phases },
      { kind: 'sheet', title: 'Networks', rows: networks },
    ],
  };
}
