import type { ConfEntry } from './ipsecFile.ts';

export type IpsecDialect = 'strongswan' | 'libreswan';

const libreswanKeys =
  /^(?:ikev2|salifetime|ipsec-lifetime|ipsec_lifetime|(?:left|right)(?:addresspool|subnets|modecfg(?:client|server)|xauth(?:client|server)|rsasigkey)|phase2|phase2alg|narrowing|encapsulation|pfs|modecfgpull|ikev1-policy|ikev1_policy|virtual[_-]private|plutodebug|logfile|protostack|nhelpers|dumpdir|sha2-truncbug|nat-ikev1-method)$/;
const strongswanKeys =
  /^(?:(?:left|right)(?:sourceip|firewall|hostaccess|groups|groups2|auth2|dns|sigkey|updown_?)|charondebug|reauth|margintime|rekeymargin|rekeyfuzz|marginbytes|closeaction|installpolicy|inactivity|eap_identity|aaa_identity|mobike|reqid|mark|keyingtries)$/;

/** Whose ipsec.conf it is, by the keywords that only one of them knows. Without any such: strongSwan’s, as in the VPN guide. */
export function ipsecDialect(entries: readonly ConfEntry[]): IpsecDialect {
  let score = 0;
  for (const { key, value } of entries) {
    if (libreswanKeys.test(key)) score += 1;
    if (strongswanKeys.test(key)) score -= 1;
    if (key !== 'ike' && key !== 'esp') continue;
    if (/[;+]|\bdh\d|aes_|sha2_(?:384|512)/.test(value)) score += 2;
    if (value.includes('!')) score -= 3;
  }
  return score > 0 ? 'libreswan' : 'strongswan';
}
