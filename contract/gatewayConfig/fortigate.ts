import { formatIpv4 } from '../ipv4.ts';
import type { Proposal } from '../proposals.ts';
import type { Subnet } from '../subnets.ts';
import type { ConfLine, ConfSegment } from './document.ts';
import { fortigateNames } from './fortigateNames.ts';
import {
  identitySegment,
  lifetimeName,
  suitesName,
  type KnownPhase,
  type KnownSettings,
} from './knownSettings.ts';
import { isHarmless, keyHex, keyPlaceholder } from './keyText.ts';
import { onlyIpv4 } from './onlyIpv4.ts';
import { poolRange } from './pools.ts';
import type { Rendered } from './rendered.ts';
import { line, matching, matchOr, placeholder, plain, valueOr } from './segments.ts';
import { distinct, hasDerivedPrf, nameSuites } from './suiteNames.ts';

type Suite = { proposal: string; group: string };

function nameOf(single: Proposal): Suite | undefined {
  const names = fortigateNames[single.phase];
  const encryption = names.encryption[single.encryption[0] ?? ''];
  const [integrity, prf, keyExchange] = [single.integrity[0], single.prf[0], single.keyExchange[0]];
  const second =
    integrity !== undefined
      ? hasDerivedPrf(single) || single.phase === 'esp'
        ? names.integrity[integrity]
        : undefined
      : prf === undefined
        ? ''
        : names.prf?.[prf];
  const group = keyExchange === undefined ? '' : names.keyExchange[keyExchange];
  if (encryption === undefined || second === undefined || group === undefined) return undefined;
  return { proposal: second === '' ? encryption : `${encryption}-${second}`, group };
}

/** Proposals and groups are two lists, of which FortiOS takes every combination. */
const crossed = (suites: readonly Suite[]): boolean =>
  distinct(suites.map(({ proposal }) => proposal)).length > 1 &&
  distinct(suites.map(({ group }) => group)).length > 1;

/** A dial-up gateway that gives out addresses (mode-cfg), for whoever has the key. */
export function renderFortigate(known: KnownSettings): Rendered {
  const unfit = onlyIpv4(known, 'FortiGate');
  if (unfit !== undefined) return { unfit };
  const ike = nameSuites(known.ike, known.version, 'FortiGate', nameOf);
  if (!ike.ok) return ike;
  const esp = nameSuites(known.esp, known.version, 'FortiGate', nameOf, {
    what: 'choice for or against perfect forward secrecy',
    of: ({ group }) => String(group !== ''),
  });
  if (!esp.ok) return esp;
  const notes = [...ike.notes, ...esp.notes];
  if (crossed(ike.names) || crossed(esp.names)) {
    notes.push(
      'FortiOS takes every proposal with every DH group that is listed, not only the pairs that replicas offer.',
    );
  }
  if (known.version === 1) {
    notes.push('IKEv1 in main mode works with one dial-up phase 1 for each address of the FortiGate.');
  }
  const name = known.shortName;
  const lines = [
    ...addresses(known),
    ...phase1(known, name, ike.names),
    ...phase2(known, name, esp.names),
    ...policy(known, name),
  ];
  return { notes, parts: [{ kind: 'commands', title: 'In the command line', name: 'FortiOS CLI', lines }] };
}

const address = ({ text }: Subnet): string => text.slice(0, text.indexOf('/'));
const mask = ({ first, last }: Subnet): string => formatIpv4(0xffff_ffffn - (last - first));
const quoted = (text: string): string => `"${text}"`;

function addresses({ name, subnets }: KnownSettings): ConfLine[] {
  const known = subnets.map((subnet, index) => ({ object: `${name}-${index + 1}`, subnet }));
  const members = known.map(({ object }) => quoted(object)).join(' ');
  return [
    line('config firewall address'),
    ...known.flatMap(({ object, subnet }) => [
      line(`    edit ${quoted(object)}`),
      line(`        set subnet ${address(subnet)} ${mask(subnet)}`),
      line('    next'),
    ]),
    line('end'),
    line('config firewall addrgrp'),
    line(`    edit ${quoted(name)}`),
    line('        set member ', valueOr(members, 'peer subnets')),
    line('    next'),
    line('end'),
  ];
}

const groups = (suites: readonly Suite[], phase: KnownPhase): ConfSegment =>
  matchOr(distinct(suites.map(({ group }) => group)).join(' '), suitesName(phase.phase));

const proposals = (suites: readonly Suite[], phase: KnownPhase): ConfSegment =>
  matchOr(distinct(suites.map(({ proposal }) => proposal)).join(' '), suitesName(phase.phase));

/** As hexadecimal where a character of it means something in the command line. */
function key(preSharedKey: string | undefined): ConfSegment {
  if (preSharedKey === undefined) return keyPlaceholder().segment;
  return plain(isHarmless(preSharedKey) ? quoted(preSharedKey) : keyHex(preSharedKey));
}

function phase1(known: KnownSettings, name: string, suites: Suite[]): ConfLine[] {
  const { pools, identity, version, ike, dpdDelay, encapsulate } = known;
  const range = pools.v4 && poolRange(pools.v4);
  const set = (option: string, value: ConfSegment | string) => line(`        set ${option} `, value);
  const types = { address: 'address', name: 'fqdn', email: 'user-fqdn' };
  return [
    line('config vpn ipsec phase1-interface'),
    line(`    edit ${quoted(name)}`),
    set('type', 'dynamic'),
    set('interface', placeholder('outside interface')),
    set('ike-version', matching(String(version))),
    ...(version === 1 ? [set('mode', 'main')] : []),
    set('peertype', 'any'),
    set('net-device', 'disable'),
    set('mode-cfg', 'enable'),
    set('proposal', proposals(suites, ike)),
    set('dhgrp', groups(suites, ike)),
    set('keylife', valueOr(ike.lifetime?.toString(), lifetimeName('ike'))),
    set('localid-type', identity ? types[identity.kind] : 'auto'),
    set('localid', identity ? plain(quoted(identity.text)) : identitySegment(known)),
    set('ipv4-start-ip', valueOr(range && formatIpv4(range.first), 'address pool')),
    set('ipv4-end-ip', valueOr(range && formatIpv4(range.last), 'address pool')),
    set('ipv4-netmask', '255.255.255.255'),
    set('ipv4-split-include', quoted(known.name)),
    set('add-route', 'enable'),
    set('nattraversal', encapsulate ? 'forced' : 'enable'),
    set('dpd', 'on-idle'),
    set('dpd-retryinterval', valueOr(dpdDelay?.toString(), 'DPD delay')),
    set('psksecret', key(known.preSharedKey)),
    line('    next'),
    line('end'),
  ];
}

/** IKEv1 negotiates each subnet by itself, IKEv2 all of them at once. */
function phase2(known: KnownSettings, name: string, suites: Suite[]): ConfLine[] {
  const { version, subnets, esp } = known;
  const pfs = suites.some(({ group }) => group !== '');
  const set = (option: string, value: ConfSegment | string) => line(`        set ${option} `, value);
  const selectors =
    version === 1 && subnets.length > 0
      ? subnets.map((_, index) => ({ name: `${name}-${index + 1}`, source: `${known.name}-${index + 1}` }))
      : [{ name, source: known.name }];
  return [
    line('config vpn ipsec phase2-interface'),
    ...selectors.flatMap((selector) => [
      line(`    edit ${quoted(selector.name)}`),
      set('phase1name', quoted(name)),
      set('proposal', proposals(suites, esp)),
      set('pfs', suites.length === 0 ? placeholder(suitesName('esp')) : matching(pfs ? 'enable' : 'disable')),
      ...(pfs ? [set('dhgrp', groups(suites, esp))] : []),
      set('keylifeseconds', valueOr(esp.lifetime?.toString(), lifetimeName('esp'))),
      set('src-addr-type', 'name'),
      set('src-name', quoted(selector.source)),
      line('    next'),
    ]),
    line('end'),
  ];
}

/** From replicas to the private network only: nothing behind the gateway opens connections into a workspace. */
const policy = (known: KnownSettings, name: string): ConfLine[] => [
  line('config firewall policy'),
  line('    edit 0'),
  line(`        set name ${quoted(name)}`),
  line(`        set srcintf ${quoted(name)}`),
  line('        set dstintf ', placeholder('inside interface')),
  line('        set srcaddr "all"'),
  line(`        set dstaddr ${quoted(known.name)}`),
  line('        set action accept'),
  line('        set schedule "always"'),
  line('        set service "ALL"'),
  line('    next'),
  line('end'),
];
