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
import type { Rendered } from './rendered.ts';
import { blank, line, matching, matchOr, plain, valueOr } from './segments.ts';

/** strongSwan rekeys up to twice its margintime (9 minutes) before the end: shorter lifetimes need a smaller margin. */
const SHORT_LIFETIME_SECONDS = 2 * 9 * 60;

/** Seconds as ipsec.conf writes them: `1h`, `90m`, `100s`. */
export function ipsecDuration(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** Exact (`!`): without it, a gateway takes its default proposals too. */
const suites = ({ phase, suites: all }: KnownPhase): ConfSegment =>
  matchOr(
    all.length === 0 ? undefined : `${all.map(({ keywords }) => keywords).join(',')}!`,
    suitesName(phase),
  );

const lifetime = ({ phase, lifetime: seconds }: KnownPhase): ConfSegment =>
  valueOr(ipsecDuration(seconds), lifetimeName(phase));

function margin({ ike, esp }: KnownSettings): ConfLine[] {
  const shortest = Math.min(ike.lifetime ?? Infinity, esp.lifetime ?? Infinity);
  if (shortest > SHORT_LIFETIME_SECONDS) return [];
  return [line('  margintime=', plain(ipsecDuration(Math.ceil(shortest / 10)) ?? ''))];
}

/** The file of the VPN guide, exact and for several replicas at once, and its secrets. */
export function renderStrongswanIpsec(known: KnownSettings): Rendered {
  const setting = (key: string, value: ConfSegment | string): ConfLine => line(`  ${key}=`, value);
  const conf: ConfLine[] = [
    line('config setup'),
    setting('uniqueids', 'never'),
    blank,
    line(`conn ${known.name}`),
    setting('keyexchange', matching(`ikev${known.version}`)),
    setting('type', 'tunnel'),
    setting('authby', 'psk'),
    setting('forceencaps', known.encapsulate ? 'yes' : 'no'),
    setting('ike', suites(known.ike)),
    setting('esp', suites(known.esp)),
    setting('ikelifetime', lifetime(known.ike)),
    setting('lifetime', lifetime(known.esp)),
    ...margin(known),
    setting('left', '%defaultroute'),
    setting('leftid', identitySegment(known)),
    setting('leftsubnet', subnetsSegment(known)),
    setting('right', '%any'),
    setting('rightsourceip', poolsSegment(known)),
    setting('dpdaction', 'clear'),
    setting(
      'dpddelay',
      valueOr(known.dpdDelay === undefined ? undefined : `${known.dpdDelay}s`, 'DPD delay'),
    ),
    setting('auto', 'add'),
  ];
  const secrets = [line(identitySegment(known), ' %any : PSK ', ...swanKey(known.preSharedKey))];
  return {
    notes: [
      'A gateway that has other connections keeps its own config setup: add uniqueids=never to it.',
      'Load both with “ipsec update” and “ipsec rereadsecrets”.',
    ],
    parts: [
      { kind: 'file', title: 'The connection', name: '/etc/ipsec.conf', lines: conf },
      { kind: 'file', title: 'The key', name: '/etc/ipsec.secrets', lines: secrets },
    ],
  };
}
