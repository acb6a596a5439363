import { VPN_NAME_MAX } from '../../../contract/vpnName.ts';

/** A name for a copy: “Berlin office copy”, then “Berlin office copy 2”. Never longer than a name may be. */
export function copyName(name: string): string {
  const numbered = /^(.*? copy)(?: (\d+))?$/.exec(name);
  const suffix = numbered === null ? ' copy' : ` ${Number(numbered[2] ?? 1) + 1}`;
  const stem = numbered === null ? name : (numbered[1] ?? name);
  return `${stem.slice(0, VPN_NAME_MAX - suffix.length).trimEnd()}${suffix}`;
}
