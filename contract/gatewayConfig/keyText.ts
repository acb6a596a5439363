import type { ConfSegment } from './document.ts';
import { placeholder, plain } from './segments.ts';

/** Characters that mean themselves inside the double quotes of every file and command line that is written here. */
const harmless = /^[A-Za-z0-9._~+=:@,-]+$/;
/** How strongSwan, RouterOS and FortiOS mark encoded keys. */
const encoded = /^0[xst]/i;
const ascii = /^[\x20-\x7e]*$/;

const bytesOf = (key: string): Uint8Array => new TextEncoder().encode(key);

export const keyHex = (key: string): string =>
  `0x${[...bytesOf(key)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

export const keyBase64 = (key: string): string => `0s${btoa(String.fromCharCode(...bytesOf(key)))}`;

/** A key that is the same on both sides whatever it is typed into. */
export const isHarmless = (key: string): boolean => harmless.test(key) && !encoded.test(key);

export const isAscii = (key: string): boolean => ascii.test(key);

/** Why a key isn't written, when this kind of gateway couldn't hold it as it is. */
export type KeyText = { segment: ConfSegment; note?: string };

const KEY = 'pre-shared key';

/** Where no key is given, or it can't be written here. */
export const keyPlaceholder = (note?: string): KeyText => ({
  segment: placeholder(KEY),
  ...(note === undefined ? {} : { note }),
});

/** The key for somebody to type or paste into a field, as it is. Nobody could see what is invisible in it. */
export function keyToType(key: string | undefined): KeyText {
  if (key === undefined) return keyPlaceholder();
  return /[\p{C}\p{Z}]/u.test(key.replaceAll(' ', ''))
    ? keyPlaceholder(
        'The pre-shared key holds an invisible character, so it isn’t written here. Use another.',
      )
    : { segment: plain(key) };
}

/**
 * The key for ipsec.secrets and swanctl.conf, with its quotes: as it is where that is safe, else in Base64, which both read
 * (and Libreswan's ipsec.secrets too), so that no character of it can end the value.
 */
export function swanKey(key: string | undefined): ConfSegment[] {
  if (key === undefined) return [plain('"'), placeholder(KEY), plain('"')];
  return [plain(isHarmless(key) ? `"${key}"` : keyBase64(key))];
}
