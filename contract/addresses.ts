import { accept, refuse, type Result } from './result.ts';

export type IpVersion = 4 | 6;

/** From `first` to `last`, both included, as unsigned integers of 32 (IPv4) or 128 bits (IPv6). */
export type AddressRange = { version: IpVersion; first: bigint; last: bigint };

/** One IP address. `text` is canonical: dotted decimal, or RFC 5952 for IPv6. */
export type Address = { version: IpVersion; value: bigint; text: string };

/** Bits of an address: 32 or 128. */
export const addressBits = (version: IpVersion): number => (version === 4 ? 32 : 128);

/** An address as the range that holds only it. */
export const rangeOf = (address: Address): AddressRange => ({
  version: address.version,
  first: address.value,
  last: address.value,
});

/** Parses one literal IPv4 or IPv6 address, strictly. */
export function parseAddress(text: string): Result<Address> {
  const parts = text.split('.');
  if (parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    const value = parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return accept({ version: 4, value, text });
  }
  return refuse({ code: 'address_invalid', message: `${text} is not an IP address.` });
}
