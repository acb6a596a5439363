/** Lower-case base32 (RFC 4648). */
const SYMBOLS = 'abcdefghijklmnopqrstuvwxyz234567';

export type IdPrefix =
  | 'user'
  | 'team'
  | 'vpn'
  | 'ws'
  | 'rep'
  | 'tok'
  | 'ver'
  | 'act'
  | 'port'
  | 'roll'
  | 'try'
  | 'dev'
  | 'prev'
  | 'run'
  | 'iss'
  | 'rule'
  | 'sip'
  | 'flow'
  | 'sec'
  | 'idn';

/** A new id: the prefix and 20 random symbols (100 bits). */
export function newId(prefix: IdPrefix): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return `${prefix}_${Array.from(bytes, (byte) => SYMBOLS.charAt(byte & 31)).join('')}`;
}
