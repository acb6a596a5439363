import { vpnSlug } from './vpnName.ts';
import type { VpnSettings } from './vpns.ts';

/** A piece of a line; `match` marks what has to be the same on both sides. */
export type ConfSegment = { text: string; match?: true };
export type ConfLine = ConfSegment[];

/** The gateway's side as strongSwan's ipsec.conf, live from a form that may be half filled. Never holds the PSK. */
export function renderIpsecConf(settings: VpnSettings, _options: { pool?: string } = {}): ConfLine[] {
  return [[{ text: `conn culvert-${vpnSlug(settings.name)}` }]];
}

/** The lines as the text of a file. */
export const ipsecConfText = (lines: readonly ConfLine[]): string =>
  lines.map((line) => `${line.map((segment) => segment.text).join('')}\n`).join('');
