import { checkVpnName, vpnSlug } from '../vpnName.ts';

const PREFIX = 'culvert-';

/** Characters of base 36: two of a team's VPNs that have the same slug share it once in 1.7 million times. */
const HASH_LENGTH = 4;

/** FNV-1a of 32 bits over the UTF-8 bytes, as base 36. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash % 36 ** HASH_LENGTH).toString(36).padStart(HASH_LENGTH, '0');
}

/**
 * What a VPN is called on its gateway: `culvert-` and its name in a-z, 0-9 and dashes, at most `max` characters (15 or more).
 * Where that isn't the whole name, a hash of it follows: `db.prod` and `db prod` may be on one gateway, and what is pasted there
 * for one must not take the place of the other. Names that differ in case alone are one to a team.
 */
export function gatewayName(vpn: string, max: number): string {
  const checked = checkVpnName(vpn);
  const whole = (checked.ok ? checked.value : vpn).toLowerCase();
  const name = `${PREFIX}${vpnSlug(whole)}`;
  if (name.length <= max && name === `${PREFIX}${whole}`) return name;
  const start = name.slice(0, max - HASH_LENGTH - 1).replace(/-$/, '');
  return `${start}-${shortHash(whole)}`;
}
