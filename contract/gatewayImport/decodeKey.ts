import { checkPreSharedKey } from '../preSharedKey.ts';
import { accept, refuse, type Result } from '../result.ts';

/** Far above what a key can have: what is longer isn't decoded at all. */
const LENGTH_MAX = 2048;

/** `<pre-shared key>`, as gateway configurations have it that were generated without the key. */
const placeholder = /^<[^<>]+>$/;

function bytesOf(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = encoded.slice(2);
  if (/^0x/i.test(encoded)) {
    const even = digits.length % 2 === 0 ? digits : `0${digits}`;
    if (!/^[\da-f]+$/i.test(even)) return undefined;
    return Uint8Array.from({ length: even.length / 2 }, (_, at) =>
      Number.parseInt(even.slice(at * 2, at * 2 + 2), 16),
    );
  }
  if (!/^[a-z\d+/]+={0,2}$/i.test(digits)) return undefined;
  try {
    return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * A pre-shared key as the gateway's file has it, as the text to enter: `0s…` is Base64 and `0x…` hexadecimal unless
 * quoted (in swanctl.conf quoted too). What isn't text can't be entered here. Messages never hold the key.
 */
export function decodeKey(written: string, encoded: boolean): Result<string> {
  if (placeholder.test(written)) {
    return refuse({ code: 'psk_placeholder', message: 'A placeholder stands where the key belongs.' });
  }
  if (written.length > LENGTH_MAX) return checkPreSharedKey(written.slice(0, LENGTH_MAX));
  if (!encoded || !/^0[sx]./i.test(written)) return checkPreSharedKey(written);
  const kind = /^0x/i.test(written) ? 'hexadecimal' : 'Base64';
  const bytes = bytesOf(written);
  if (bytes === undefined) {
    return refuse({ code: 'psk_encoding', message: `The key is marked as ${kind}, and isn’t.` });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const message = `The key is ${kind} of bytes that are no text, which can’t be entered here. Use a key of letters and digits.`;
    return refuse({ code: 'psk_binary', message });
  }
  const checked = checkPreSharedKey(text);
  if (!checked.ok) return checked;
  const message = `Written as ${kind}; the form gets the key itself.`;
  return accept(text, [{ code: 'psk_decoded', message }, ...checked.warnings]);
}
