import type { Proposal } from '../proposals.ts';
import type { ConfSegment } from './document.ts';
import { dhGroupNumbers } from './dhGroups.ts';
import {
  identitySegment,
  lifetimeName,
  poolsSegment,
  subnetsSegment,
  suitesName,
  type KnownPhase,
  type KnownSettings,
} from './knownSettings.ts';
import { keyToType } from './keyText.ts';
import type { Rendered } from './rendered.ts';
import { matching, matchOr, plain, valueOr } from './segments.ts';
import { hasDerivedPrf, nameSuites } from './suiteNames.ts';

// What OPNsense's lists of proposals offer: opnsense/core, IPsecProposalField.php.
const groups = Object.entries(dhGroupNumbers)
  .filter(([, number]) => number >= 14 && (number <= 21 || number >= 26))
  .map(([keyword]) => keyword);
const others = new Set([
  'aes256-sha1-modp2048',
  'aes128-sha1-modp2048',
  'aes256-sha1-modp4096',
  'aes256-sha1-ecp521',
  'aes256-sha512-modp1024',
]);
const curves: Readonly<Record<string, string>> = { curve25519: 'x25519', curve448: 'x448' };

/** The entry of the list that is this suite; undefined: there is none. */
function entryOf(single: Proposal): string | undefined {
  const { phase, keywords, encryption, integrity, prf, keyExchange } = single;
  if (others.has(keywords) || (phase === 'esp' && keywords === 'aes256-sha256')) return keywords;
  const [cipher = '', group = ''] = [encryption[0], keyExchange[0]];
  const combined = /^aes(?:128|192|256)gcm16$/.test(cipher);
  if ((!combined && !/^aes(?:128|192|256)$/.test(cipher)) || !groups.includes(group)) return undefined;
  if (phase === 'ike' && !combined && !hasDerivedPrf(single)) return undefined;
  const hash = combined ? (prf[0] ?? '').replace('prf', '') : (integrity[0] ?? '');
  const named = combined && phase === 'esp' ? [] : [hash];
  if (named.length > 0 && !['sha256', 'sha384', 'sha512', 'aesxcbc'].includes(hash)) return undefined;
  return [cipher, ...named, curves[group] ?? group].join('-');
}

const seconds = ({ phase, lifetime }: KnownPhase): ConfSegment =>
  valueOr(lifetime?.toString(), lifetimeName(phase));

/** The pages of OPNsense's own strongSwan, in the order in which they need each other. */
export function renderOpnsense(known: KnownSettings): Rendered {
  const { version, preSharedKey, pools } = known;
  const ike = nameSuites(known.ike, version, 'OPNsense', entryOf);
  if (!ike.ok) return ike;
  const esp = nameSuites(known.esp, version, 'OPNsense', entryOf);
  if (!esp.ok) return esp;
  const field = (name: string, value: ConfSegment | string) => ({
    field: name,
    value: typeof value === 'string' ? plain(value) : value,
  });
  const key = keyToType(preSharedKey);
  const notes = [...ike.notes, ...esp.notes, ...(key.note === undefined ? [] : [key.note])];
  if (pools.needed.length > 1) notes.push('A pool holds one network: make one for IPv4 and one for IPv6.');
  return {
    notes,
    parts: [
      {
        kind: 'steps',
        title: 'In OPNsense',
        steps: [
          {
            where: 'VPN › IPsec › Pre-Shared Keys',
            fields: [
              field('Local Identifier', identitySegment(known)),
              field('Remote Identifier', '%any'),
              field('Pre-Shared Key', key.segment),
              field('Type', 'PSK'),
            ],
          },
          {
            where: 'VPN › IPsec › Connections › Pools',
            fields: [field('Name', known.name), field('Network', poolsSegment(known))],
          },
          {
            where: 'VPN › IPsec › Connections, advanced mode',
            fields: [
              field('Proposals', matchOr(ike.names.join(', '), suitesName('ike'))),
              field('Unique', 'Never'),
              field('Aggressive', 'off'),
              field('Version', matching(`IKEv${version}`)),
              field('UDP encapsulation', known.encapsulate ? 'on' : 'off'),
              field('Rekey time (s)', seconds(known.ike)),
              field('DPD delay (s)', valueOr(known.dpdDelay?.toString(), 'DPD delay')),
              field('Pools', known.name),
              field('Description', known.name),
            ],
          },
          {
            where: 'The connection’s Local Authentication',
            fields: [field('Authentication', 'Pre-Shared Key'), field('Id', identitySegment(known))],
          },
          {
            where: 'The connection’s Remote Authentication',
            fields: [field('Authentication', 'Pre-Shared Key'), field('Id', '%any')],
          },
          {
            where: 'The connection’s Children, advanced mode',
            fields: [
              field('Mode', 'Tunnel'),
              field('Start action', 'None'),
              field('DPD action', 'Clear'),
              field('ESP proposals', matchOr(esp.names.join(', '), suitesName('esp'))),
              field('Local', subnetsSegment(known, ', ')),
              field('Remote', 'empty'),
              field('Rekey time (s)', seconds(known.esp)),
            ],
          },
        ],
      },
    ],
  };
}
