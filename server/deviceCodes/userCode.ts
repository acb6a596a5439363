/** No vowels, so that no words appear, and nothing that is read as something else (RFC 8628, 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** Eight random letters, without the dash that people are shown: 34 bits. */
export function newUserCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH * 2))) {
      // Bytes from 240 on would make the first letters likelier than the others.
      if (byte < 240 && code.length < LENGTH) code += LETTERS.charAt(byte % LETTERS.length);
    }
  }
  return code;
}

/** As people read it: `BCDF-GHJK`. */
export const shownUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** The code that somebody typed, whatever dashes, spaces and case they used; null for what can’t be one. */
export function readUserCode(text: string): string | null {
  const code = text.replaceAll(/[\s-]/g, '').toUpperCase();
  return new RegExp(`^[${LETTERS}]{${LENGTH}}$`).test(code) ? code : null;
}
