import type { Proposal } from '../proposals.ts';
import type { ConfLine, ConfSegment } from './document.ts';
import {
  identitySegment,
  lifetimeName,
  poolsSegment,
  subnetsSegment,
  suitesName,
  type KnownPhase,
  type KnownSettings,
} from './knownSettings.ts';
import { swanKey } from './keyText.ts';
import { libreswanNames } from './libreswanNames.ts';
import type { Rendered } from './rendered.ts';
import { blank, line, matching, matchOr, plain, valueOr } from './segments.ts';
import { hasDerivedPrf, nameSuites } from './suiteNames.ts';

/** `aes256-sha2_256;dh14`: the PRF is always that of the integrity algorithm; an AEAD has its PRF in that place (IKE only). */
function nameOf(single: Proposal): string | undefined {
  const names = libreswanNames[single.phase];
  const encryption = names.encryption[single.encryption[0] ?? ''];
  const [integrity, prf, group] = [single.integrity[0], single.prf[0], single.keyExchange[0]];
  if (single.phase === 'ike' && integrity !== undefined && !hasDerivedPrf(single)) return undefined;
  const second =
    integrity !== undefined ? names.integrity[integrity] : prf === undefined ? '' : names.prf?.[prf];
  const third = group === undefined ? '' : names.keyExchange[group];
  if (encryption === undefined || second === undefined || third === undefined) return undefined;
  return `${encryption}${second === '' ? '' : `-${second}`}${third === '' ? '' : `;${third}`}`;
}

const seconds = ({ phase, lifetime }: KnownPhase): ConfSegment =>
  valueOr(lifetime === undefined ? undefined : `${lifetime}s`, lifetimeName(phase));

/** A connection and its secret for /etc/ipsec.d. Left is the replica, right the gateway. */
export function renderLibreswan(known: KnownSettings): Rendered {
  if (known.version === 1) {
    return {
      unfit:
        'Libreswan gives out addresses over IKEv1 only together with XAUTH, which replicas don’t use. Set the VPN to IKEv2.',
    };
  }
  if (known.subnets.length > 1) {
    return {
      unfit: `Libreswan’s address pools go with one subnet, and this VPN has ${known.subnets.length}. Use one subnet that holds them all, or a VPN for each.`,
    };
  }
  const ike = nameSuites(known.ike, 2, 'Libreswan', nameOf);
  if (!ike.ok) return ike;
  const esp = nameSuites(known.esp, 2, 'Libreswan', nameOf, {
    what: 'choice for or against perfect forward secrecy',
    of: (name) => String(name.includes(';')),
  });
  if (!esp.ok) return esp;
  const setting = (key: string, value: ConfSegment | string): ConfLine => line(`  ${key}=`, value);
  // ipsec.conf(5): “@” in front makes it a name (ID_FQDN), which an e-mail address isn't.
  const identity =
    known.identity?.kind === 'name' ? plain(`@${known.identity.text}`) : identitySegment(known);
  const conf: ConfLine[] = [
    line('config setup'),
    setting('uniqueids', 'no'),
    blank,
    line(`conn ${known.name}`),
    setting('keyexchange', matching('ikev2')),
    setting('type', 'tunnel'),
    setting('authby', 'secret'),
    setting('encapsulation', known.encapsulate ? 'yes' : 'auto'),
    setting('ike', matchOr(ike.names.join(','), suitesName('ike'))),
    setting('esp', matchOr(esp.names.join(','), suitesName('esp'))),
    setting('pfs', matching(esp.names.some((name) => name.includes(';')) ? 'yes' : 'no')),
    setting('ikelifetime', seconds(known.ike)),
    setting('ipsec-lifetime', seconds(known.esp)),
    setting('rekey', 'no'),
    setting('left', '%any'),
    setting('leftid', '%any'),
    setting('leftaddresspool', poolsSegment(known)),
    setting('right', '%defaultroute'),
    setting('rightid', identity),
    setting('rightsubnet', subnetsSegment(known)),
    setting('narrowing', 'yes'),
    setting(
      'dpddelay',
      valueOr(known.dpdDelay === undefined ? undefined : `${known.dpdDelay}s`, 'DPD delay'),
    ),
    setting('auto', 'add'),
  ];
  // One index, the gateway's own: a second one, %any, would match only replicas whose identity is an address.
  const secrets = [line(identity, ' : PSK ', ...swanKey(known.preSharedKey))];
  return {
    notes: [
      ...ike.notes,
      ...esp.notes,
      'A gateway that has other connections keeps its own config setup: add uniqueids=no to it.',
    ],
    parts: [
      { kind: 'file', title: 'The connection', name: `/etc/ipsec.d/${known.name}.conf`, lines: conf },
      { kind: 'file', title: 'The key', name: `/etc/ipsec.d/${known.name}.secrets`, lines: secrets },
    ],
  };
}
