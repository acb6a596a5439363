import { accept, refuse, type Result, type Warning } from './result.ts';
import { oddCharacter } from './shownText.ts';

/** In UTF-8. Longer keys are cut or refused by gateways. */
export const PSK_MAX_BYTES = 256;
/** Below this, a key can be found by trying: whoever records one IKEv1 handshake, or poses as the gateway, can guess offline. */
export const PSK_GOOD_LENGTH = 20;
const GENERATED_LENGTH = 32;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** The largest multiple of the alphabet's size in a byte: taking the bytes above it would favour the first letters. */
const fairBytes = 256 - (256 % alphabet.length);

/** What makes keys differ on the two sides although they look the same. */
function warnings(text: string): Warning[] {
  const found: Warning[] = [];
  const add = (code: string, message: string) => found.push({ code, message });
  if (text !== text.trim()) {
    add(
      'psk_blank',
      'The key starts or ends with a blank. It counts as part of the key, and gateways may drop it.',
    );
  }
  const odd = oddCharacter(text);
  if (odd) {
    add(
      'psk_not_ascii',
      `The key holds ${odd.words}. Gateways differ in how they encode it: use ASCII characters only.`,
    );
  }
  if ([...text].length < PSK_GOOD_LENGTH) {
    add('psk_short', `Keys under ${PSK_GOOD_LENGTH} characters can be guessed. Generate one instead.`);
  }
  const prefix = /^0[xs]/i.exec(text)?.[0];
  if (prefix !== undefined) {
    const kind = prefix.toLowerCase() === '0x' ? 'hexadecimal' : 'Base64';
    add(
      'psk_encoded',
      `strongSwan reads a key that starts with ${prefix} as ${kind} on the gateway, but here it is plain text.`,
    );
  }
  if (text.includes('"'))
    add('psk_quote', 'The key holds a double quote, which can’t be written in ipsec.secrets.');
  return found;
}

/**
 * The key shared with the gateway, taken exactly as it is: nothing is trimmed or decoded. Refused is what no gateway takes
 * (nothing, control characters, more than 256 bytes); what often goes wrong comes as warnings.
 */
export function checkPreSharedKey(text: string): Result<string> {
  if (text === '') return refuse({ code: 'psk_empty', message: 'Enter the pre-shared key.' });
  if (text.trim() === '')
    return refuse({ code: 'psk_only_blanks', message: 'The key holds nothing but blanks.' });
  if (/[\r\n]/.test(text)) {
    const joined = text.replace(/[\r\n]+$/, '');
    const message = 'The key holds a line break, often from copying. Remove it.';
    const usable = !/\p{Cc}/u.test(joined) && checkPreSharedKey(joined).ok;
    return refuse({ code: 'psk_line_break', message, ...(usable ? { suggestion: joined } : {}) });
  }
  const control = /\p{Cc}/u.exec(text)?.[0];
  if (control !== undefined) {
    const words = oddCharacter(control)?.words ?? 'a control character';
    return refuse({ code: 'psk_control', message: `The key holds ${words}, which gateways don’t take.` });
  }
  if (!text.isWellFormed()) {
    return refuse({ code: 'psk_broken', message: 'The key holds half of a character. Paste it again.' });
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > PSK_MAX_BYTES) {
    return refuse({ code: 'psk_long', message: `The key has ${bytes} bytes. Use at most ${PSK_MAX_BYTES}.` });
  }
  return accept(text, warnings(text));
}

/**
 * A key that every gateway takes: 32 characters of A-Z, a-z and 0-9 (190 bits), not starting with 0, each equally likely.
 * `randomBytes(n)` returns n random bytes from a cryptographic source.
 */
export function generatePreSharedKey(randomBytes: (count: number) => Uint8Array): string {
  let key = '';
  while (key.length < GENERATED_LENGTH) {
    for (const byte of randomBytes(GENERATED_LENGTH)) {
      const next = byte < fairBytes ? alphabet.charAt(byte % alphabet.length) : '';
      if (key.length < GENERATED_LENGTH && !(key === '' && next === '0')) key += next;
    }
  }
  return key;
}
