import {
  addressBits,
  formatAddress,
  overlaps,
  parseAddress,
  type Address,
  type AddressRange,
} from './addresses.ts';
import { parseIpv4 } from './ipv4.ts';
import { accept, refuse, type Refusal, type Refused, type Result } from './result.ts';
import { oddCharacter, plainText, shown } from './shownText.ts';

/** A network in CIDR notation. `text` is canonical: `fd00::/64`. */
export type Subnet = AddressRange & { prefix: number; text: string };

/** The network of `prefix` bits that holds `value`. */
export function subnetAround(version: Subnet['version'], value: bigint, prefix: number): Subnet {
  const size = 1n << BigInt(addressBits(version) - prefix);
  const first = (value / size) * size;
  return {
    version,
    first,
    last: first + size - 1n,
    prefix,
    text: `${formatAddress(version, first)}/${prefix}`,
  };
}

/** `10.0.0.0-10.0.0.255` as the subnet that it is; undefined: it isn't exactly one. */
function subnetOfRange(first: Address, last: Address): Subnet | undefined {
  if (first.version !== last.version) return undefined;
  const bits = addressBits(first.version);
  for (let prefix = bits; prefix > 0; prefix -= 1) {
    const subnet = subnetAround(first.version, first.value, prefix);
    if (subnet.first !== first.value) return undefined;
    if (subnet.last === last.value) return subnet;
  }
  return undefined;
}

/** `255.255.255.0`, or the wildcard `0.0.0.255`, as a prefix length; undefined: its bits aren't in one block. */
function prefixOfMask(mask: bigint): number | undefined {
  const bits = mask.toString(2).padStart(32, '0');
  if (/^1+0*$/.test(bits)) return bits.replaceAll('0', '').length;
  return /^0+1*$/.test(bits) ? bits.replaceAll('1', '').length : undefined;
}

/** The refusal, with `candidate` as its suggestion when that is (or leads to) a subnet which would be accepted. */
function withSuggestion(refusal: Refusal, candidate: string | undefined, original: string): Refused {
  const { suggestion: _, ...rest } = refusal;
  if (candidate === undefined || candidate === original) return refuse(rest);
  const result = parseSubnet(candidate);
  const suggestion = result.ok ? result.value.text : result.refusal.suggestion;
  return refuse(suggestion === undefined ? rest : { ...rest, suggestion });
}

/** Refuses text whose characters or separators show that it isn't one subnet. */
function refuseForm(text: string): Refused | undefined {
  const quoted = shown(text);
  if (text.trim() === '') {
    return refuse({ code: 'subnet_empty', message: 'Enter a subnet, such as 10.250.0.0/24.' });
  }
  if (text.length > 200) {
    return refuse({ code: 'subnet_long', message: `“${quoted}” is too long for a subnet.`, part: text });
  }
  const entries = text.split(/[\s,;]+/).filter((entry) => entry !== '');
  if (entries.length > 1 && entries.every((entry) => /[.:]/.test(entry))) {
    const message = `“${quoted}” holds ${entries.length} entries. Add each subnet by itself.`;
    return refuse({ code: 'subnet_list', message, part: text });
  }
  const odd = oddCharacter(text);
  if (odd) {
    const message = `“${quoted}” holds ${odd.words}. Type the subnet with plain characters only.`;
    return withSuggestion({ code: 'subnet_character', message, part: odd.character }, plainText(text), text);
  }
  if (text.includes(' ')) {
    const message = `“${quoted}” holds a blank. Write the subnet without blanks, such as 10.250.0.0/24.`;
    const candidate = text
      .trim()
      .replace(/^(\S+) +(\d+)$/, '$1/$2')
      .replaceAll(' ', '');
    return withSuggestion({ code: 'subnet_blank', message, part: ' ' }, candidate, text);
  }
  const strange = /[^\da-z.:/%[\]-]/i.exec(text)?.[0];
  if (strange !== undefined) {
    const message = `“${quoted}” holds “${strange}”, which has no place in a subnet.`;
    const candidate = /^\d+(?:,\d+){3}\/\d+$/.test(text)
      ? text.replaceAll(',', '.')
      : text.replace(/^["'({<]+|["')}>,;]+$/g, '').replace('\\', '/');
    return withSuggestion({ code: 'subnet_character', message, part: strange }, candidate, text);
  }
  return undefined;
}

/** Refuses text without a slash: a range, a dash for a slash, a lone address, or no address at all. */
function refuseWithoutSlash(text: string): Refused {
  const [left = '', right] = text.split('-');
  const [first, last] = [parseAddress(left), parseAddress(right ?? '')];
  if (first.ok && last.ok) {
    const message = `${text} is a range. Write it as one or more subnets.`;
    const subnet = subnetOfRange(first.value, last.value);
    return withSuggestion({ code: 'subnet_range', message, part: text }, subnet?.text, text);
  }
  if (first.ok && right !== undefined && /^\d+$/.test(right)) {
    const message = `${text} has a dash where the slash belongs.`;
    return withSuggestion({ code: 'subnet_dash', message, part: '-' }, `${left}/${right}`, text);
  }
  const address = parseAddress(text);
  if (!address.ok) return refuseAddress(address.refusal, text, '');
  const host = `${address.value.text}/${addressBits(address.value.version)}`;
  const message = `${text} is one address, not a subnet. For this address alone, write ${host}.`;
  return withSuggestion({ code: 'subnet_no_prefix', message, part: text }, host, text);
}

const beforeSlash = (text: string): string => text.split('/')[0] ?? '';

/** The refusal of the address in a subnet; `rest` is the slash and the prefix behind it. */
function refuseAddress(refusal: Refusal, text: string, rest: string): Refused {
  let candidate = refusal.suggestion === undefined ? undefined : refusal.suggestion + rest;
  if (refusal.code === 'address_mapped' && refusal.suggestion !== undefined) {
    const prefix = Number(rest.slice(1)) - 96;
    candidate = prefix > 0 ? `${refusal.suggestion}/${prefix}` : undefined;
  }
  // People shorten networks (“10.250/16”), and mean zeros at the end.
  if (/^\d+(?:\.\d+){0,2}\/\d+$/.test(text))
    candidate = text.replace('/', `${'.0'.repeat(4 - beforeSlash(text).split('.').length)}/`);
  if (refusal.code === 'address_name' && !text.includes('.')) {
    const message = `“${shown(text)}” is not a subnet. Write an address and a prefix length, such as 10.250.0.0/24.`;
    return refuse({ code: 'subnet_invalid', message, part: text });
  }
  if (refusal.code === 'address_empty') {
    const message = `${shown(text)} has no address before the slash.`;
    return refuse({ code: 'subnet_no_address', message, part: text });
  }
  return withSuggestion(refusal, candidate, text);
}

/** The prefix length behind the slash, or why it isn't one. */
function parsePrefix(prefix: string, address: Address, text: string): Result<number> {
  const bits = addressBits(address.version);
  const code = 'subnet_prefix';
  const range = `a number from 1 to ${bits}`;
  if (prefix === '') {
    return refuse({
      code,
      message: `${text} has nothing after the slash. Add a prefix length, ${range}.`,
      part: '/',
    });
  }
  const mask = parseIpv4(prefix);
  if (mask.ok && address.version === 4) {
    const length = prefixOfMask(mask.value);
    const candidate = length === undefined ? undefined : `${address.text}/${length}`;
    const hint = length === undefined ? 'It isn’t the mask of one subnet either.' : `Write /${length}.`;
    const message = `${prefix} is a mask, not a prefix length. ${hint}`;
    return withSuggestion({ code: 'subnet_mask', message, part: prefix }, candidate, text);
  }
  if (/^0\d+$/.test(prefix) && prefix.length < 6) {
    const message = `/${prefix} starts with a zero. Write /${Number(prefix)}.`;
    return withSuggestion({ code, message, part: prefix }, `${address.text}/${Number(prefix)}`, text);
  }
  if (!/^\d+$/.test(prefix)) {
    const message = `“${shown(prefix)}” after the slash is not a prefix length. Use ${range}.`;
    return refuse({ code, message, part: prefix });
  }
  if (prefix.length > 3 || Number(prefix) > bits) {
    const message = `/${shown(prefix)} is too long: an IPv${address.version} prefix length goes up to ${bits}.`;
    return refuse({ code, message, part: prefix });
  }
  return accept(Number(prefix));
}

/**
 * Parses one subnet in CIDR notation, strictly: one literal address, one slash, one decimal prefix length, no host bits.
 * Strict because strongSwan isn't: it reads `10.250.0.0/` and `10.250.0.0/0x18` as 0.0.0.0/0. Host bits are refused with the
 * network as the suggestion, since whoever wrote them meant either the host or the network. /0 is refused: no VPN takes all
 * traffic. Refusal codes start with `subnet_`, or are those of `parseAddress`, or `full_tunnel`.
 */
export function parseSubnet(text: string): Result<Subnet> {
  const form = refuseForm(text);
  if (form) return form;
  const [left = '', prefix, ...more] = text.split('/');
  if (prefix === undefined) return refuseWithoutSlash(text);
  if (more.length > 0) {
    const message = `${shown(text)} has ${more.length + 1} slashes. A subnet has one.`;
    const candidate = text.replace(/\/{2,}/, '/');
    return withSuggestion({ code: 'subnet_slashes', message, part: '/' }, candidate, text);
  }
  const address = parseAddress(left);
  if (!address.ok) return refuseAddress(address.refusal, text, `/${prefix}`);
  const length = parsePrefix(prefix, address.value, text);
  if (!length.ok) return length;
  const subnet = subnetAround(address.value.version, address.value.value, length.value);
  if (length.value === 0) {
    const message = `${text} is all IPv${subnet.version} traffic. List only the subnets of the private network.`;
    return refuse({ code: 'full_tunnel', message, part: text });
  }
  if (subnet.first !== address.value.value) {
    const message = `${text} is a host inside a subnet. The subnet is ${subnet.text}.`;
    return refuse({ code: 'subnet_host_bits', message, part: left, suggestion: subnet.text });
  }
  return accept(subnet);
}

/** The first pair of overlapping subnets of two VPNs; undefined: one workspace can have both VPNs. */
export function findOverlap(
  a: readonly string[],
  b: readonly string[],
): { a: string; b: string } | undefined {
  for (const left of a) {
    for (const right of b) {
      const [one, other] = [parseSubnet(left), parseSubnet(right)];
      if (one.ok && other.ok && overlaps(one.value, other.value)) return { a: left, b: right };
    }
  }
  return undefined;
}
