import { parseAddress } from './addresses.ts';
import { parsePeerId } from './peerIds.ts';
import { parseProposal, type Phase } from './proposals.ts';
import { parseSubnet } from './subnets.ts';
import { vpnSlug } from './vpnName.ts';
import type { VpnSettings } from './vpns.ts';

/** A piece of a line. `match`: has to be the same on both sides. `missing`: stands for a value that isn't known yet. */
export type ConfSegment = { text: string; match?: true; missing?: true };
export type ConfLine = ConfSegment[];

/** The addresses of the guide's example; the gateway hands one to each replica. */
const EXAMPLE_POOL = '10.200.0.0/24';
/** strongSwan rekeys up to twice its margintime (9 minutes) before the end: shorter lifetimes need a smaller margin. */
const SHORT_LIFETIME_SECONDS = 2 * 9 * 60;

/** Seconds as ipsec.conf writes them: `1h`, `90m`, `100s`. */
function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

const isDuration = (seconds: number): boolean => Number.isInteger(seconds) && seconds > 0;

/** A value, or a placeholder that says what belongs there. */
const valueOr = (value: string | undefined, name: string): ConfSegment =>
  value === undefined || value === '' ? { text: `<${name}>`, missing: true } : { text: value };

/** The suites that are valid, exact (`!`): without it, a gateway takes its default proposals too. */
function suites(settings: VpnSettings, phase: Phase): ConfSegment {
  const keywords = settings[phase].proposals.flatMap((text) => {
    const parsed = parseProposal(text, phase, settings.ike.version);
    return parsed.ok ? [parsed.value.keywords] : [];
  });
  const name = `${phase.toUpperCase()} cipher suites`;
  return keywords.length === 0 ? valueOr(undefined, name) : { text: `${keywords.join(',')}!`, match: true };
}

/**
 * The gateway's side of a VPN as strongSwan's ipsec.conf (the file of the VPN guide). Works on a form that is half filled:
 * what is missing or not valid becomes a placeholder. Only parsed, canonical values are written, so that nothing
 * typed into a field can add a line. `pool` is where virtual IPs come from, as CIDR. The PSK goes into
 * ipsec.secrets and is never part of this.
 */
export function renderIpsecConf(settings: VpnSettings, options: { pool?: string } = {}): ConfLine[] {
  const { ike, esp } = settings;
  const identity = parsePeerId(settings.peerId ?? settings.peerIp);
  const address = parseAddress(settings.peerIp);
  const subnets = settings.peerSubnets.flatMap((text) => {
    const parsed = parseSubnet(text);
    return parsed.ok ? [parsed.value.text] : [];
  });
  const pool = parseSubnet(options.pool ?? EXAMPLE_POOL);
  const knownId = identity.ok && (settings.peerId !== null || address.ok) ? identity.value : undefined;
  const lifetime = (seconds: number, name: string) =>
    valueOr(isDuration(seconds) ? duration(seconds) : undefined, name);
  const shortest = Math.min(ike.lifetimeSeconds, esp.lifetimeSeconds);

  const line = (key: string, value: ConfSegment): ConfLine => [{ text: `  ${key}=` }, value];
  const fixed = (key: string, value: string) => line(key, { text: value });
  return [
    [{ text: 'config setup' }],
    fixed('uniqueids', 'never'),
    [],
    [{ text: `conn culvert-${vpnSlug(settings.name)}` }],
    line('keyexchange', { text: `ikev${ike.version}`, match: true }),
    fixed('type', 'tunnel'),
    fixed('authby', 'psk'),
    fixed('forceencaps', settings.udpEncapsulation ? 'yes' : 'no'),
    line('ike', suites(settings, 'ike')),
    line('esp', suites(settings, 'esp')),
    line('ikelifetime', lifetime(ike.lifetimeSeconds, 'IKE lifetime')),
    line('lifetime', lifetime(esp.lifetimeSeconds, 'ESP lifetime')),
    ...(isDuration(shortest) && shortest <= SHORT_LIFETIME_SECONDS
      ? [fixed('margintime', duration(Math.ceil(shortest / 10)))]
      : []),
    fixed('left', '%defaultroute'),
    line('leftid', valueOr(knownId, settings.peerId === null ? 'peer IP' : 'peer ID')),
    line('leftsubnet', valueOr(subnets.join(','), 'peer subnets')),
    fixed('right', '%any'),
    line('rightsourceip', valueOr(pool.ok ? pool.value.text : undefined, 'address pool')),
    fixed('dpdaction', 'clear'),
    fixed('auto', 'add'),
  ];
}

/** The lines as the text of a file. */
export const ipsecConfText = (lines: readonly ConfLine[]): string =>
  lines.map((line) => `${line.map((segment) => segment.text).join('')}\n`).join('');
