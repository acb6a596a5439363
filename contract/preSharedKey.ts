import { accept, refuse, type Result } from './result.ts';

export const PSK_MAX_BYTES = 256;

/** The key shared with the gateway, taken as it is: nothing is trimmed or decoded. */
export function checkPreSharedKey(text: string): Result<string> {
  return text === '' ? refuse({ code: 'psk_empty', message: 'Enter the pre-shared key.' }) : accept(text);
}

/** 32 characters of A-Z, a-z and 0-9, not starting with 0. `randomBytes(n)` returns n random bytes. */
export function generatePreSharedKey(randomBytes: (count: number) => Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let key = '';
  while (key.length < 32) {
    for (const byte of randomBytes(48)) {
      // 248 is the largest multiple of 62 below 256: taking bytes above it would favour the first letters.
      const next = byte < 248 ? alphabet.charAt(byte % 62) : '';
      if (key.length < 32 && !(key === '' && next === '0')) key += next;
    }
  }
  return key;
}
