import { formatIpv4 } from '../ipv4.ts';
import type { Proposal } from '../proposals.ts';
import type { Subnet } from '../subnets.ts';
import { ciscoNames } from './ciscoNames.ts';
import type { ConfLine, ConfSegment } from './document.ts';
import { onlyIpv4 } from './onlyIpv4.ts';
import { lifetimeName, suitesName, type KnownSettings } from './knownSettings.ts';
import { isAscii, keyPlaceholder, type KeyText } from './keyText.ts';
import { poolRange } from './pools.ts';
import type { Rendered } from './rendered.ts';
import { line, matching, matchOr, placeholder, plain, valueOr } from './segments.ts';
import { hasDerivedPrf, nameSuites } from './suiteNames.ts';

type IkeSuite = { encryption: string; integrity: string | undefined; prf: string | undefined; group: string };
type EspSuite = { transforms: string; group: string };

function nameIke(single: Proposal): IkeSuite | undefined {
  const names = ciscoNames.ike;
  const encryption = names.encryption[single.encryption[0] ?? ''];
  const group = names.keyExchange[single.keyExchange[0] ?? ''];
  const integrity = names.integrity[single.integrity[0] ?? ''];
  const prf = names.prf?.[single.prf[0] ?? ''];
  const complete = single.integrity.length === 0 || integrity !== undefined;
  if (encryption === undefined || group === undefined || prf === undefined || !complete) return undefined;
  return { encryption, integrity, prf: hasDerivedPrf(single) ? undefined : prf, group };
}

function nameEsp(single: Proposal): EspSuite | undefined {
  const names = ciscoNames.esp;
  const encryption = names.encryption[single.encryption[0] ?? ''];
  const integrity = single.integrity[0] === undefined ? '' : names.integrity[single.integrity[0]];
  const group = single.keyExchange[0] === undefined ? '' : names.keyExchange[single.keyExchange[0]];
  if (encryption === undefined || integrity === undefined || group === undefined) return undefined;
  return { transforms: `${encryption} ${integrity}`.trim(), group };
}

/** What the command line would take for an option: how the key is encrypted, or that it is hexadecimal. */
const options = /^(?:\d|h|he|hex)$/i;

/** In the command line `?` asks for help, and blanks, quotes and backslashes aren't kept everywhere. */
function keyText(key: string | undefined): KeyText {
  if (key === undefined) return keyPlaceholder();
  if (isAscii(key) && !/[\s?"'\\|]/.test(key) && !options.test(key)) return { segment: plain(key) };
  return keyPlaceholder(
    'The pre-shared key is nothing that IOS-XE’s command line takes as it is (it holds a blank, ?, a quote, \\, | or a character that isn’t ASCII, or is an option), so it isn’t written here. Enter it by hand, or use another.',
  );
}

const wildcard = ({ first, last }: Subnet): string => formatIpv4(last - first);
const address = ({ text }: Subnet): string => text.slice(0, text.indexOf('/'));

/** FlexVPN: IKEv2 with an address pool for whoever has the key. */
export function renderCisco(known: KnownSettings): Rendered {
  if (known.version === 1) {
    return {
      unfit:
        'IOS-XE gives out addresses to peers with a key alone over IKEv2 (FlexVPN), not over IKEv1. Set the VPN to IKEv2.',
    };
  }
  const unfit = onlyIpv4(known, 'IOS-XE');
  if (unfit !== undefined) return { unfit };
  const ike = nameSuites(known.ike, 2, 'IOS-XE', nameIke);
  if (!ike.ok) return ike;
  const esp = nameSuites(known.esp, 2, 'IOS-XE', nameEsp, {
    what: 'group for perfect forward secrecy',
    of: ({ group }) => group,
  });
  if (!esp.ok) return esp;
  const key = keyText(known.preSharedKey);
  const lines = [...pool(known), ...ikeLines(known, ike.names, key.segment), ...espLines(known, esp.names)];
  return {
    notes: [
      ...ike.notes,
      ...esp.notes,
      ...(key.note === undefined ? [] : [key.note]),
      'aaa new-model changes how people log in to a router that doesn’t have it yet. Use another number than Virtual-Template1 where that is taken.',
    ],
    parts: [{ kind: 'commands', title: 'In configuration mode', name: 'configure terminal', lines }],
  };
}

function pool({ name, pools, subnets }: KnownSettings): ConfLine[] {
  const range = pools.v4 && poolRange(pools.v4);
  return [
    line('aaa new-model'),
    line(`aaa authorization network ${name} local`),
    line('!'),
    line(
      `ip local pool ${name} `,
      valueOr(range && `${formatIpv4(range.first)} ${formatIpv4(range.last)}`, 'address pool'),
    ),
    line(`ip access-list standard ${name}`),
    ...(subnets.length === 0 ? [line(' permit ', placeholder('peer subnets'))] : []),
    ...subnets.map((subnet) => line(` permit ${address(subnet)} ${wildcard(subnet)}`)),
    line('!'),
  ];
}

function ikeLines(known: KnownSettings, suites: IkeSuite[], key: ConfSegment): ConfLine[] {
  const { name, identity, identityName } = known;
  const proposals = suites.flatMap(({ encryption, integrity, prf, group }, index) => [
    line(`crypto ikev2 proposal ${name}-${index + 1}`),
    line(' encryption ', matching(encryption)),
    ...(integrity === undefined ? [] : [line(' integrity ', matching(integrity))]),
    ...(prf === undefined ? [] : [line(' prf ', matching(prf))]),
    line(' group ', matching(group)),
  ]);
  const types = { address: 'address', name: 'fqdn', email: 'email' };
  const local = identity ? plain(`${types[identity.kind]} ${identity.text}`) : placeholder(identityName);
  const dpd = known.dpdDelay === undefined ? undefined : Math.max(10, known.dpdDelay);
  return [
    ...proposals,
    line(`crypto ikev2 policy ${name}`),
    ...(suites.length === 0 ? [line(' proposal ', placeholder(suitesName('ike')))] : []),
    ...suites.map((_, index) => line(` proposal ${name}-${index + 1}`)),
    line(`crypto ikev2 keyring ${name}`),
    line(' peer replicas'),
    line('  address 0.0.0.0 0.0.0.0'),
    line('  pre-shared-key local ', key),
    line('  pre-shared-key remote ', key),
    line(`crypto ikev2 authorization policy ${name}`),
    line(` pool ${name}`),
    line(` route set access-list ${name}`),
    line(`crypto ikev2 profile ${name}`),
    line(' match identity remote any'),
    line(' identity local ', local),
    line(' authentication remote pre-share'),
    line(' authentication local pre-share'),
    line(` keyring local ${name}`),
    line(' lifetime ', valueOr(known.ike.lifetime?.toString(), lifetimeName('ike'))),
    line(' dpd ', valueOr(dpd?.toString(), 'DPD delay'), ' 5 on-demand'),
    ...(known.encapsulate ? [line(' nat force-encap')] : []),
    line(` aaa authorization group psk list ${name} ${name}`),
    line(' virtual-template 1'),
    line('!'),
  ];
}

function espLines({ name, esp }: KnownSettings, suites: EspSuite[]): ConfLine[] {
  const group = suites[0]?.group ?? '';
  const sets = suites.map((_, index) => `${name}-${index + 1}`);
  return [
    ...suites.flatMap(({ transforms }, index) => [
      line(`crypto ipsec transform-set ${name}-${index + 1} `, matching(transforms)),
      line(' mode tunnel'),
    ]),
    line(`crypto ipsec profile ${name}`),
    line(' set transform-set ', valueOr(sets.join(' '), suitesName('esp'))),
    ...(group === '' ? [] : [line(' set pfs ', matchOr(group, suitesName('esp')))]),
    line(
      ' set security-association lifetime seconds ',
      valueOr(esp.lifetime?.toString(), lifetimeName('esp')),
    ),
    line(` set ikev2-profile ${name}`),
    line('!'),
    line('interface Virtual-Template1 type tunnel'),
    line(' ip unnumbered ', placeholder('outside interface')),
    line(' tunnel source ', placeholder('outside interface')),
    line(' tunnel mode ipsec ipv4'),
    line(` tunnel protection ipsec profile ${name}`),
  ];
}
