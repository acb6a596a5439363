import type { Proposal } from '../proposals.ts';
import type { ConfSegment, GatewayPart } from './document.ts';
import {
  identitySegment,
  lifetimeName,
  subnetsSegment,
  suitesName,
  type KnownPhase,
  type KnownSettings,
} from './knownSettings.ts';
import { isAscii, keyPlaceholder, type KeyText } from './keyText.ts';
import { pfsenseNames } from './pfsenseNames.ts';
import type { Rendered } from './rendered.ts';
import { matching, matchOr, placeholder, plain, valueOr } from './segments.ts';
import { distinct, hasDerivedPrf, nameSuites } from './suiteNames.ts';

type Suite = { encryption: string; hash: string; group: string };

function nameOf(single: Proposal): Suite | undefined {
  const names = pfsenseNames[single.phase];
  const [integrity, prf, keyExchange] = [single.integrity[0], single.prf[0], single.keyExchange[0]];
  if (single.phase === 'ike' && integrity !== undefined && !hasDerivedPrf(single)) return undefined;
  const encryption = names.encryption[single.encryption[0] ?? ''];
  const hash =
    integrity !== undefined ? names.integrity[integrity] : prf === undefined ? '' : names.prf?.[prf];
  const group = keyExchange === undefined ? 'off' : names.keyExchange[keyExchange];
  if (encryption === undefined || hash === undefined || group === undefined) return undefined;
  return { encryption, hash, group };
}

function keyText(key: string | undefined): KeyText {
  if (key === undefined) return keyPlaceholder();
  return isAscii(key)
    ? { segment: plain(key) }
    : keyPlaceholder(
        'pfSense takes pre-shared keys in ASCII only, so this one isn’t written here. Use another.',
      );
}

type Field = { field: string; value: ConfSegment };
type Step = { where: string; fields: Field[] };

const field = (name: string, value: ConfSegment | string): Field => ({
  field: name,
  value: typeof value === 'string' ? plain(value) : value,
});

const seconds = ({ phase, lifetime }: KnownPhase): ConfSegment =>
  valueOr(lifetime?.toString(), lifetimeName(phase));

/** Mobile clients of pfSense with a key that is the same for all. */
export function renderPfsense(known: KnownSettings): Rendered {
  const ike = nameSuites(known.ike, known.version, 'pfSense', nameOf);
  if (!ike.ok) return ike;
  const esp = nameSuites(known.esp, known.version, 'pfSense', nameOf, {
    what: 'PFS key group',
    of: ({ group }) => group,
  });
  if (!esp.ok) return esp;
  const key = keyText(known.preSharedKey);
  const part: GatewayPart = {
    kind: 'steps',
    title: 'In pfSense',
    steps: [
      mobileClients(known),
      phase1(known, ike.names),
      ...phase2(known, esp.names),
      {
        where: 'VPN › IPsec › Pre-Shared Keys',
        fields: [
          field('Identifier', 'any'),
          field('Secret type', 'PSK'),
          field('Pre-Shared Key', key.segment),
        ],
      },
      { where: 'VPN › IPsec › Advanced Settings', fields: [field('Configure Unique IDs as', 'Never')] },
    ],
  };
  const notes = [...ike.notes, ...esp.notes, ...(key.note === undefined ? [] : [key.note])];
  return {
    notes: [...notes, 'Mobile clients and their key are there once in a pfSense, for all connections.'],
    parts: [part],
  };
}

const mobileClients = ({ pools }: KnownSettings): Step => ({
  where: 'VPN › IPsec › Mobile Clients',
  fields: [
    field('Enable IPsec Mobile Client Support', 'on'),
    ...pools.needed.flatMap((version) => {
      const name = version === 4 ? 'Virtual Address Pool' : 'Virtual IPv6 Address Pool';
      const pool = version === 4 ? pools.v4 : pools.v6;
      return [field(name, 'on'), field(`${name}: network`, valueOr(pool?.text, 'address pool'))];
    }),
  ],
});

function phase1(known: KnownSettings, suites: Suite[]): Step {
  const types = {
    address: 'IP address',
    name: 'Fully qualified domain name',
    email: 'User fully qualified domain name',
  };
  const { identity } = known;
  const rows = suites.map(({ encryption, hash, group }, index) =>
    field(
      index === 0 ? 'Algorithm · Key length · Hash · DH Group' : 'Add Algorithm',
      matching(`${encryption} · ${hash} · ${group}`),
    ),
  );
  return {
    where: 'VPN › IPsec › Tunnels, the mobile phase 1',
    fields: [
      field('Key Exchange version', matching(`IKEv${known.version}`)),
      field('Authentication Method', 'Mutual PSK'),
      ...(known.version === 1 ? [field('Negotiation mode', 'Main')] : []),
      field('My identifier: type', identity ? types[identity.kind] : placeholder('type')),
      field('My identifier', identitySegment(known)),
      ...(rows.length > 0 ? rows : [field('Encryption Algorithm', placeholder(suitesName('ike')))]),
      field('Lifetime (seconds)', seconds(known.ike)),
      field('NAT Traversal', known.encapsulate ? 'Force' : 'Auto'),
      field('Dead Peer Detection', 'on'),
      field('Delay', valueOr(known.dpdDelay?.toString(), 'DPD delay')),
    ],
  };
}

/** One phase 2 for each subnet, all with the same suites. */
function phase2(known: KnownSettings, suites: Suite[]): Step[] {
  const all = (part: keyof Suite) =>
    matchOr(
      distinct(suites.map((suite) => suite[part]))
        .filter((name) => name !== '')
        .join(' and '),
      suitesName('esp'),
    );
  const hashed = suites.length === 0 || suites.some(({ hash }) => hash !== '');
  const networks = known.subnets.length > 0 ? known.subnets : [undefined];
  return networks.map((subnet) => ({
    where: `VPN › IPsec › Tunnels, phase 2${subnet ? ` for ${subnet.text}` : ''}`,
    fields: [
      field('Mode', subnet?.version === 6 ? 'Tunnel IPv6' : 'Tunnel IPv4'),
      field('Local Network', subnet ? plain(subnet.text) : subnetsSegment(known)),
      field('Protocol', 'ESP'),
      field('Encryption Algorithms', all('encryption')),
      ...(hashed ? [field('Hash Algorithms', all('hash'))] : []),
      field('PFS key group', all('group')),
      field('Lifetime (seconds)', seconds(known.esp)),
    ],
  }));
}
