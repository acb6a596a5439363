import { formatIpv4, parseIpv4 } from './ipv4.ts';
import { formatIpv6, parseIpv6 } from './ipv6.ts';
import { accept, refuse, type Refusal, type Result } from './result.ts';
import { oddCharacter, plainText, shown } from './shownText.ts';

export type IpVersion = 4 | 6;

/** From `first` to `last`, both included, as unsigned integers of 32 (IPv4) or 128 bits (IPv6). */
export type AddressRange = { version: IpVersion; first: bigint; last: bigint };

/** One IP address. `text` is canonical: dotted decimal, or RFC 5952 for IPv6. */
export type Address = { version: IpVersion; value: bigint; text: string };

/** Bits of an address: 32 or 128. */
export const addressBits = (version: IpVersion): number => (version === 4 ? 32 : 128);

/** Canonical text of an address. */
export const formatAddress = (version: IpVersion, value: bigint): string =>
  version === 4 ? formatIpv4(value) : formatIpv6(value);

/** An address as the range that holds only it. */
export const rangeOf = (address: Address): AddressRange => ({
  version: address.version,
  first: address.value,
  last: address.value,
});

export const overlaps = (a: AddressRange, b: AddressRange): boolean =>
  a.version === b.version && a.first <= b.last && b.first <= a.last;

export const contains = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;

/** Of text that is looked at closely; what an address can be written with is shorter. */
const LENGTH_MAX = 100;

/** Why text can't be an address of either version, before its numbers are looked at. */
function refuseForm(text: string): Refusal | undefined {
  const quoted = shown(text);
  if (text === '') return { code: 'address_empty', message: 'Enter an IP address.' };
  if (text.length > LENGTH_MAX) {
    return { code: 'address_long', message: `“${quoted}” is too long for an IP address.`, part: text };
  }
  const odd = oddCharacter(text);
  if (odd) {
    const message = `“${quoted}” holds ${odd.words}. Type the address with plain characters only.`;
    return { code: 'address_character', message, part: odd.character };
  }
  if (/\s/.test(text)) {
    const inside = /\s/.test(text.trim()) ? 'a blank' : 'a blank at an end';
    return {
      code: 'address_blank',
      message: `“${quoted}” holds ${inside}. Enter one address without blanks.`,
      part: ' ',
    };
  }
  if (text.includes('%')) {
    const message = `${quoted} holds “%”. Zones and keywords such as %any can’t be used here: enter one address.`;
    return { code: 'address_zone', message, part: text.slice(text.indexOf('%')) };
  }
  if (/[[\]]/.test(text)) {
    return { code: 'address_brackets', message: `${quoted} holds brackets. Leave them out.`, part: text };
  }
  const separator = /[,;/]/.exec(text)?.[0] ?? /(?<=[.:].*)-/.exec(text)?.[0];
  if (separator !== undefined && /^[\da-f.:,;/-]+$/i.test(text)) {
    const message = `${quoted} holds “${separator}”. Enter one address: no list, range or subnet.`;
    return { code: 'address_not_one', message, part: separator };
  }
  const strange = /[^\da-z.:_-]/i.exec(text)?.[0];
  if (strange !== undefined) {
    const message = `“${quoted}” holds “${strange}”, which has no place in an IP address.`;
    return { code: 'address_character', message, part: strange };
  }
  return undefined;
}

/** What to offer instead of text that is refused for its form. */
function repaired(text: string): string | undefined {
  // What is taken off one at a time could go on for ever.
  if (text.length > LENGTH_MAX) return undefined;
  const candidate = plainText(text)
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/[,;]$/, '')
    .trim();
  if (candidate === text) return undefined;
  const result = parseAddress(candidate);
  return result.ok ? result.value.text : result.refusal.suggestion;
}

/** Host names end in a top-level domain, which has no digits at its end; a lone word is a name unless it is a number. */
const looksLikeName = (text: string): boolean =>
  !text.includes(':') && (/[a-z_-]{2,}$/i.test(text) || !/[.]|^\d+$|^0x[\da-f]+$/i.test(text));

/**
 * Parses one literal IPv4 or IPv6 address, strictly: plain characters, no blanks, zone, brackets, port, prefix, list or range,
 * no leading zeros, no IPv4-mapped IPv6. Refusal codes start with `address_`.
 */
export function parseAddress(text: string): Result<Address> {
  const form = refuseForm(text);
  if (form) {
    const suggestion = repaired(text);
    return refuse(suggestion === undefined ? form : { ...form, suggestion });
  }
  if (looksLikeName(text)) {
    return refuse({
      code: 'address_name',
      message: `${shown(text)} is a name, not an IP address. Enter the address as numbers, such as 198.51.100.1.`,
      part: text,
    });
  }
  const port = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(text);
  if (port) {
    const alone = parseAddress(port[1] ?? '');
    return refuse({
      code: 'address_port',
      message: `${text} ends in a port. Leave out “:${port[2]}”.`,
      part: `:${port[2]}`,
      ...(alone.ok ? { suggestion: alone.value.text } : {}),
    });
  }
  const version = text.includes(':') ? 6 : 4;
  const parsed = version === 4 ? parseIpv4(text) : parseIpv6(text);
  return parsed.ok
    ? accept({ version, value: parsed.value, text: formatAddress(version, parsed.value) })
    : parsed;
}
