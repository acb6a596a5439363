import { accept, refuse, type Result } from '../result.ts';
import { decodeKey } from './decodeKey.ts';
import type { SecretSpan } from './maskKeys.ts';

/** A pre-shared key of the file, and whose it is: addresses and identities; none: everybody's. */
export type FileSecret = { owners: string[]; key: Result<string>; line: number };

export type SecretsLine = { type: string; span: SecretSpan; secret: FileSecret | null };

const pattern = /:\s{0,80}(PSK|RSA|ECDSA|EAP|XAUTH|NTLM|PIN|P12|PKCS8|BLISS)(?:\s+(.*))?$/i;

/** The key as written: up to the closing quote, or to the first blank. undefined: a quote isn't closed, or nothing is there. */
function keyOf(rest: string): Result<string> {
  const quote = /^["']/.exec(rest)?.[0];
  if (quote === undefined) {
    const [, word = '', more = ''] = /^(\S*)\s*(.*)$/.exec(rest) ?? [];
    const decoded = decodeKey(word, true);
    if (!decoded.ok || more === '' || more.startsWith('#')) return decoded;
    const message = 'Without quotes, the key ends at the first blank.';
    return accept(decoded.value, [{ code: 'psk_cut', message }, ...decoded.warnings]);
  }
  const end = rest.indexOf(quote, 1);
  if (end < 0) {
    return refuse({ code: 'psk_quote_open', message: 'The quote around the key isn’t closed on this line.' });
  }
  return decodeKey(rest.slice(1, end), false);
}

/** A line of ipsec.secrets, such as `1.2.3.4 %any : PSK "…"`; undefined: it is none. `number` from 1. */
export function readSecretsLine(text: string, number: number): SecretsLine | undefined {
  const match = pattern.exec(text);
  if (match === null || /^\s*#/.test(text)) return undefined;
  const [whole, type = '', rest = ''] = match;
  const span = { line: number, from: text.length - rest.length, to: text.length };
  if (type.toUpperCase() !== 'PSK') return { type: type.toUpperCase(), span, secret: null };
  const owners = text
    .slice(0, text.length - whole.length)
    .split(/\s+/)
    .map((owner) => owner.replace(/^["@]+|"$/g, ''))
    .filter((owner) => owner !== '');
  return { type: 'PSK', span, secret: { owners, key: keyOf(rest), line: number } };
}

const isAnybody = (owner: string): boolean => /^%any6?$|^0\.0\.0\.0$/.test(owner);

/**
 * The key that a gateway with these addresses and identities uses: the one that names it, else the one for everybody. Where
 * there is just one, and it names others, it is that with their names in `others`.
 */
export function secretFor(
  secrets: readonly FileSecret[],
  names: readonly string[],
): { secret: FileSecret; others: string[] } | undefined {
  const own = secrets.findLast(({ owners }) => owners.some((owner) => names.includes(owner)));
  const found = own ?? secrets.findLast(({ owners }) => owners.every(isAnybody));
  if (found) return { secret: found, others: [] };
  const [only, ...more] = secrets;
  if (!only || more.length > 0) return undefined;
  return { secret: only, others: only.owners.filter((owner) => !isAnybody(owner)) };
}
