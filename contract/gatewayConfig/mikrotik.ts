import { formatIpv4 } from '../ipv4.ts';
import type { Proposal } from '../proposals.ts';
import type { ConfLine, ConfSegment } from './document.ts';
import { lifetimeName, suitesName, type KnownPhase, type KnownSettings } from './knownSettings.ts';
import { isAscii, keyHex, keyPlaceholder } from './keyText.ts';
import { mikrotikNames } from './mikrotikNames.ts';
import { onlyIpv4 } from './onlyIpv4.ts';
import { poolRange } from './pools.ts';
import type { Rendered } from './rendered.ts';
import { line, matching, matchOr, placeholder, plain, valueOr } from './segments.ts';
import { distinct, hasDerivedPrf, nameSuites } from './suiteNames.ts';

type Suite = { encryption: string; hash: string; group: string };

function nameOf(single: Proposal): Suite | undefined {
  const names = mikrotikNames[single.phase];
  const [integrity, keyExchange] = [single.integrity[0], single.keyExchange[0]];
  const encryption = names.encryption[single.encryption[0] ?? ''];
  const hash = integrity === undefined ? '' : names.integrity[integrity];
  const group = keyExchange === undefined ? 'none' : names.keyExchange[keyExchange];
  if (single.phase === 'ike' && !hasDerivedPrf(single)) return undefined;
  if (encryption === undefined || hash === undefined || group === undefined) return undefined;
  return { encryption, hash, group };
}

/** RouterOS' own escapes; `?` would ask for help. What isn't ASCII, or would be read as hexadecimal, is hexadecimal. */
export function routerOsString(key: string): string {
  if (!isAscii(key) || /^0x/i.test(key)) return `"${keyHex(key)}"`;
  return `"${key.replace(/[\\"$?]/g, (character) => `\\${character}`)}"`;
}

const list = (suites: readonly Suite[], part: keyof Suite, { phase }: KnownPhase): ConfSegment =>
  matchOr(
    distinct(suites.map((suite) => suite[part]))
      .filter((name) => name !== '')
      .join(','),
    suitesName(phase),
  );

const duration = ({ phase, lifetime }: KnownPhase): ConfSegment =>
  valueOr(lifetime === undefined ? undefined : `${lifetime}s`, lifetimeName(phase));

/** A passive IKEv2 peer with mode config. */
export function renderMikrotik(known: KnownSettings): Rendered {
  if (known.version === 1) {
    return {
      unfit:
        'We know of no way for RouterOS to give out addresses over IKEv1 to peers with a key alone. Set the VPN to IKEv2.',
    };
  }
  const unfit = onlyIpv4(known, 'RouterOS');
  if (unfit !== undefined) return { unfit };
  const ike = nameSuites(known.ike, 2, 'RouterOS', nameOf, {
    what: 'hash algorithm',
    of: ({ hash }) => hash,
  });
  if (!ike.ok) return ike;
  const esp = nameSuites(known.esp, 2, 'RouterOS', nameOf, {
    what: 'group for perfect forward secrecy',
    of: ({ group }) => group,
  });
  if (!esp.ok) return esp;
  const notes = [...ike.notes, ...esp.notes];
  if (
    distinct(ike.names.map(({ encryption }) => encryption)).length > 1 &&
    distinct(ike.names.map(({ group }) => group)).length > 1
  ) {
    notes.push(
      'RouterOS takes every encryption algorithm with every DH group that is listed, not only the pairs that replicas offer.',
    );
  }
  if (!known.encapsulate) notes.push('RouterOS encapsulates in UDP where it finds NAT on the way.');
  if (known.subnets.length > 1) {
    notes.push(
      'Replicas ask for all subnets at once. Where RouterOS narrows them to one, their tunnels say so.',
    );
  }
  notes.push('A masquerade rule must not match traffic from the peer subnets to the address pool.');
  const lines = [...phase1(known, ike.names), ...phase2(known, esp.names), ...peer(known)];
  return {
    notes,
    parts: [{ kind: 'commands', title: 'In the terminal', name: 'RouterOS terminal', lines }],
  };
}

function phase1({ name, pools, subnets, ike, dpdDelay }: KnownSettings, suites: Suite[]): ConfLine[] {
  const range = pools.v4 && poolRange(pools.v4);
  const addresses = range && `${formatIpv4(range.first)}-${formatIpv4(range.last)}`;
  const split = subnets.map(({ text }) => text).join(',');
  const dpd = dpdDelay === undefined ? undefined : `${dpdDelay}s`;
  return [
    line(`/ip pool add name=${name} ranges=`, valueOr(addresses, 'address pool')),
    line(
      `/ip ipsec mode-config add name=${name} responder=yes address-pool=${name} address-prefix-length=32 system-dns=no split-include=`,
      valueOr(split, 'peer subnets'),
    ),
    line(
      `/ip ipsec profile add name=${name} enc-algorithm=`,
      list(suites, 'encryption', ike),
      ' hash-algorithm=',
      list(suites, 'hash', ike),
      ' dh-group=',
      list(suites, 'group', ike),
      ' lifetime=',
      duration(ike),
      ' dpd-interval=',
      valueOr(dpd, 'DPD delay'),
      ' nat-traversal=yes',
    ),
  ];
}

function phase2({ name, pools, subnets, esp }: KnownSettings, suites: Suite[]): ConfLine[] {
  const hashed = suites.length === 0 || suites.some(({ hash }) => hash !== '');
  const template = (source: ConfSegment) =>
    line(
      `/ip ipsec policy add template=yes group=${name} proposal=${name} src-address=`,
      source,
      ' dst-address=',
      valueOr(pools.v4?.text, 'address pool'),
    );
  return [
    line(
      `/ip ipsec proposal add name=${name} enc-algorithms=`,
      list(suites, 'encryption', esp),
      ' auth-algorithms=',
      hashed ? list(suites, 'hash', esp) : matching('null'),
      ' pfs-group=',
      list(suites, 'group', esp),
      ' lifetime=',
      duration(esp),
    ),
    line(`/ip ipsec policy group add name=${name}`),
    ...(subnets.length === 0 ? [template(placeholder('peer subnets'))] : []),
    ...subnets.map(({ text }) => template(plain(text))),
  ];
}

function peer({ name, identity, identityName, preSharedKey }: KnownSettings): ConfLine[] {
  const types = { address: 'address', name: 'fqdn', email: 'user-fqdn' };
  const id = identity ? plain(`${types[identity.kind]}:${identity.text}`) : placeholder(identityName);
  const secret = preSharedKey === undefined ? keyPlaceholder().segment : plain(routerOsString(preSharedKey));
  return [
    line(
      `/ip ipsec peer add name=${name} address=0.0.0.0/0 passive=yes exchange-mode=`,
      matching('ike2'),
      ` profile=${name} send-initial-contact=no`,
    ),
    line(
      `/ip ipsec identity add peer=${name} auth-method=pre-shared-key my-id=`,
      id,
      ` remote-id=ignore generate-policy=port-strict mode-config=${name} policy-template-group=${name} secret=`,
      secret,
    ),
    line(
      `/ip firewall filter add chain=input action=accept protocol=udp dst-port=500,4500 place-before=0 comment=${name}`,
    ),
  ];
}
