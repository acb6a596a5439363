import { addressBits, type AddressRange, type IpVersion } from './addresses.ts';
import { specialRanges } from './specialRanges.ts';

/** How many different addresses the ranges hold together; all of one IP version. */
export function unionSize(ranges: readonly AddressRange[]): bigint {
  const sorted = ranges.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  let size = 0n;
  let next = 0n;
  for (const { first, last } of sorted) {
    const from = first > next ? first : next;
    if (last >= from) {
      size += last - from + 1n;
      next = last + 1n;
    }
  }
  return size;
}

/** A default route with holes cut into it is still one: less than a /8 of the public addresses left out counts as all. */
const leastLeftOut = { 4: 1n << 24n, 6: 1n << 117n } as const;

/**
 * The IP version whose public addresses the ranges take all of, undefined when neither. It goes by the union, however
 * 0.0.0.0/0 or ::/0 is split; leaving out what is private, multicast or reserved anyway doesn't help.
 */
export function coversEverything(ranges: readonly AddressRange[]): IpVersion | undefined {
  return ([4, 6] as const).find((version) => {
    const covered = [...ranges, ...specialRanges].filter((range) => range.version === version);
    return (1n << BigInt(addressBits(version))) - unionSize(covered) < leastLeftOut[version];
  });
}
