import { parseAddress } from './addresses.ts';
import { accept, refuse, type Result } from './result.ts';
import { oddCharacter, plainText, shown } from './shownText.ts';

const PEER_ID_MAX = 253;
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const isName = (text: string) =>
  text.length <= PEER_ID_MAX && text.split('.').every((part) => label.test(part));
const isEmail = (text: string) =>
  /^[a-z0-9._+-]+@[^@]+$/i.test(text) && isName(text.slice(text.indexOf('@') + 1));

/** Why text can't be read as one identity, or would be read as another than the one written. */
function problem(text: string): { code: string; message: string; part: string } | undefined {
  const quoted = shown(text);
  const odd = oddCharacter(text);
  if (odd) {
    const message = `“${quoted}” holds ${odd.words}. Type the identity with plain characters only.`;
    return { code: 'peer_id_character', message, part: odd.character };
  }
  if (text.length > PEER_ID_MAX) {
    const message = `The identity has ${text.length} characters. Use at most ${PEER_ID_MAX}.`;
    return { code: 'peer_id_long', message, part: text };
  }
  const address = parseAddress(text);
  if (/^(?:%any6?|\*)$/i.test(text) || (address.ok && address.value.value === 0n)) {
    const message = `${text} accepts any identity, so any machine with the key could pose as the gateway. Enter the identity that the gateway shows.`;
    return { code: 'peer_id_any', message, part: text };
  }
  if (text.includes('=')) {
    const message = `“${quoted}” is a distinguished name, which belongs to certificates. With a pre-shared key, enter an IP address, a host name or an email address.`;
    return { code: 'peer_id_name_form', message, part: '=' };
  }
  const strange = /[^a-z0-9_.:@+-]/i.exec(text)?.[0];
  if (strange !== undefined) {
    const words = strange === ' ' ? 'a blank' : `“${strange}”`;
    const message = `“${quoted}” holds ${words}, which can’t be part of an identity here.`;
    return { code: 'peer_id_character', message, part: strange };
  }
  return undefined;
}

/**
 * The identity that the gateway shows in IKE (IDr): an IP address, a host name or an email address, as strongSwan reads
 * them from text. Refused are wildcards, type prefixes such as `fqdn:`, distinguished names, key ids (`@#…`), and every
 * character that could end the value in a configuration file. A leading `@`, as ipsec.conf marks names, is dropped.
 */
export function parsePeerId(text: string): Result<string> {
  if (text === '') {
    return refuse({
      code: 'peer_id_empty',
      message: 'Enter the gateway’s identity, or leave it to be the peer IP.',
    });
  }
  const found = problem(text);
  if (found) {
    const plain = plainText(text);
    const repaired = plain === text ? undefined : parsePeerId(plain);
    return refuse(repaired?.ok === true ? { ...found, suggestion: repaired.value } : found);
  }
  const address = parseAddress(text);
  if (address.ok) return accept(address.value.text);
  const name = text.startsWith('@') ? text.slice(1) : text;
  if (/^[\d.-]+$/.test(name) || (name.includes(':') && /^[\da-f:.]+$/i.test(name))) {
    const message = text.startsWith('@')
      ? `${text} would be a name made of numbers. Enter the address without “@”, or a name.`
      : `${address.refusal.message} Identities that look like an address have to be one.`;
    return refuse({ code: 'peer_id_address', message, part: text });
  }
  if (isName(name) || isEmail(text)) return accept(name);
  const message = `${shown(text)} is not an IP address, a host name or an email address.`;
  return refuse({ code: 'peer_id_invalid', message, part: text });
}
