/** Lower-case base32 (RFC 4648): what a label of a host name may hold, without what looks alike. */
const SYMBOLS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 10;

/**
 * A new label for the host of a port: random and 50 bits long, so that it says nothing of the port and isn’t found by trying.
 * Longer than any reserved name.
 */
export function newPortHost(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(bytes, (byte) => SYMBOLS.charAt(byte & 31)).join('');
}
