import { formatIpv4, parseIpv4 } from './ipv4.ts';
import { accept, refuse, type Result } from './result.ts';

const GROUPS = 8;

/**
 * RFC 5952 text of an unsigned 128-bit value: lower case, no leading zeros, the first longest run of at least two zero
 * groups compressed.
 */
export function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, index) => (value >> BigInt(112 - 16 * index)) & 0xffffn);
  let run = { start: -1, length: 1 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0n) start = index + 1;
    else if (index - start + 1 > run.length) run = { start, length: index - start + 1 };
  }
  const hex = groups.map((group) => group.toString(16));
  if (run.start === -1) return hex.join(':');
  return `${hex.slice(0, run.start).join(':')}::${hex.slice(run.start + run.length).join(':')}`;
}

const refuseGroups = (text: string, message: string, part = text) =>
  refuse({ code: 'address_groups', message: `${message} in ${text}.`, part });

/** `1.2.3.4` at the end of an IPv6 address as the two groups that it stands for. */
function withoutDotted(text: string): Result<string> {
  const dotted = /(?<=:)[^:]*\.[^:]*$/.exec(text);
  if (!dotted) return accept(text);
  const parsed = parseIpv4(dotted[0]);
  if (!parsed.ok) {
    return refuse({ ...parsed.refusal, message: `${parsed.refusal.message} It is the end of ${text}.` });
  }
  const groups = [parsed.value >> 16n, parsed.value & 0xffffn].map((group) => group.toString(16));
  return accept(text.slice(0, dotted.index) + groups.join(':'));
}

/**
 * RFC 4291 section 2.2: eight groups of one to four hexadecimal digits, one `::` for one or more zero groups, the last two
 * groups as dotted decimal if wanted. No zone, no brackets. IPv4-mapped addresses (::ffff:0:0/96) are refused: they are
 * IPv4 addresses in disguise, and would slip past every rule about IPv4. Expects plain ASCII.
 */
export function parseIpv6(text: string): Result<bigint> {
  const plain = withoutDotted(text);
  if (!plain.ok) return plain;
  const halves = plain.value.split('::');
  if (text.includes(':::')) return refuseGroups(text, 'There are three colons in a row', ':::');
  if (halves.length > 2) return refuseGroups(text, 'There is more than one “::”', '::');
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...before, ...after];
  if (groups.includes('')) return refuseGroups(text, 'There is a single colon at an end', ':');
  const strange = groups.find((group) => !/^[0-9a-f]{1,4}$/i.test(group));
  if (strange !== undefined) {
    return refuse({
      code: 'address_group',
      message: `“${strange}” in ${text} is not a group of one to four hexadecimal digits.`,
      part: strange,
    });
  }
  const missing = GROUPS - groups.length;
  if (halves.length === 1 && missing !== 0) {
    return refuseGroups(text, `There are ${groups.length} groups instead of ${GROUPS}`);
  }
  if (halves.length === 2 && missing < 1) {
    return refuseGroups(
      text,
      `There are ${groups.length} groups beside “::”, which stands for at least one,`,
    );
  }
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  const value = all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  if (value >> 32n === 0xffffn) {
    const ipv4 = formatIpv4(value & 0xffff_ffffn);
    return refuse({
      code: 'address_mapped',
      message: `${text} is the IPv4 address ${ipv4} written as IPv6. Write ${ipv4}.`,
      part: text,
      suggestion: ipv4,
    });
  }
  return accept(value);
}
