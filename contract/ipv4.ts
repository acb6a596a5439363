import { accept, refuse, type Result } from './result.ts';

/** Dotted decimal of an unsigned 32-bit value. */
export const formatIpv4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 255n).toString()).join('.');

/**
 * Four decimal numbers from 0 to 255 without leading zeros, and nothing else. The other forms that inet_aton reads (octal,
 * hexadecimal, fewer than four parts) mean different addresses to different programs. Expects plain ASCII.
 */
export function parseIpv4(text: string): Result<bigint> {
  const parts = text.split('.');
  if (parts.length === 1) {
    return refuse({
      code: 'address_number',
      message: `${text} is a number, not an IP address. Write four numbers with dots, such as 198.51.100.1.`,
      part: text,
    });
  }
  if (parts.includes('')) {
    const place =
      parts[0] === ''
        ? 'starts with a dot'
        : parts.at(-1) === ''
          ? 'ends with a dot'
          : 'has two dots in a row';
    return refuse({ code: 'address_dots', message: `${text} ${place}.`, part: text });
  }
  const strange = parts.find((part) => !/^\d+$/.test(part));
  if (strange !== undefined) {
    return refuse({
      code: 'address_octet',
      message: `“${strange}” in ${text} is not a number from 0 to 255.`,
      part: strange,
    });
  }
  if (parts.length !== 4) {
    return refuse({
      code: 'address_octets',
      message: `${text} has ${parts.length} numbers. An IPv4 address has four.`,
      part: text,
    });
  }
  const big = parts.find((part) => Number(part) > 255);
  if (big !== undefined) {
    return refuse({ code: 'address_octet', message: `${big} in ${text} is more than 255.`, part: big });
  }
  const padded = parts.find((part) => part.length > 1 && part.startsWith('0'));
  if (padded !== undefined) {
    return refuse({
      code: 'address_leading_zero',
      message: `${padded} in ${text} starts with a zero, which some programs read as octal. Write ${Number(padded)}.`,
      part: padded,
      suggestion: parts.map(Number).join('.'),
    });
  }
  return accept(parts.reduce((value, part) => value * 256n + BigInt(part), 0n));
}
