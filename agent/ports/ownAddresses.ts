import { networkInterfaces } from 'node:os';

/**
 * What to connect to for a port that listens on `listening`, in the order of trying: loopback or an address of this
 * replica and nothing else, so that no forwarded port leads anywhere but here. Empty where there is no such address.
 *
 * @param listening where it listens, canonical; null where that isn't known
 */
export function ownAddresses(listening: string | null, interfaces = networkInterfaces): string[] {
  switch (listening) {
    case null:
      return ['127.0.0.1', '::1'];
    case '0.0.0.0':
      return ['127.0.0.1'];
    case '::':
      // It may take IPv4 or not, and loopback may have no IPv6.
      return ['::1', '127.0.0.1'];
    case '::1':
      return ['::1'];
  }
  if (listening.startsWith('127.')) return [listening];
  return Object.entries(interfaces()).flatMap(([name, entries]) =>
    entries?.some(({ address }) => address === listening) ? [withZone(listening, name)] : [],
  );
}

/** Link-local addresses mean something only together with an interface (RFC 4007 section 11). */
const withZone = (address: string, name: string): string =>
  address.startsWith('fe80:') ? `${address}%${name}` : address;
