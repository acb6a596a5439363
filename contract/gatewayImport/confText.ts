/**
 * The pasted text as lines, without their ends, by everything that ends a line for a regular expression's `.` too: what looks
 * for keys must not stop in front of one. Blanks that word processors and web pages put in are plain ones.
 */
export const confLines = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .split(/\r\n|[\n\r\u2028\u2029]/);

export type ConfValue = { value: string; quoted: boolean; broken: boolean };

/**
 * A value of ipsec.conf: words are joined by one blank, `#` begins a comment (not in `@#…`, a key id), double quotes keep what
 * is in them (strongSwan's src/starter/parser/lexer.l). `broken`: a quote isn't closed.
 */
export function readConfValue(rest: string): ConfValue {
  const parts: string[] = [];
  const token = /\s+|"((?:[^"\\]|\\.)*)"|"(.*)$|#.*$|((?:@#)?[^"#\s]+)/gy;
  let quoted = false;
  let broken = false;
  for (let match = token.exec(rest); match !== null; match = token.exec(rest)) {
    const [whole, closed, open, plain] = match;
    if (whole.startsWith('#')) break;
    if (closed !== undefined) {
      parts.push(closed.replace(/\\(.)/g, '$1'));
      quoted = true;
    } else if (open !== undefined) {
      parts.push(open);
      broken = true;
    } else if (plain !== undefined) parts.push(plain);
  }
  return { value: parts.join(' '), quoted, broken };
}

/** Blanks and tabs only: anything else at an end is part of what the gateway reads. */
function trimBlanks(text: string): string {
  const isBlank = (at: number) => text[at] === ' ' || text[at] === '\t';
  let [from, to] = [0, text.length];
  while (from < to && isBlank(from)) from += 1;
  while (to > from && isBlank(to - 1)) to -= 1;
  return text.slice(from, to);
}

/** Entries of a comma list, trimmed, without empty ones; where `blanks`, blanks and braces separate too (Libreswan). */
export function listOf(value: string, blanks = false): string[] {
  const text = blanks ? value.replace(/[{}]/g, ' ') : value;
  return text
    .split(blanks ? /[,\s]+/ : ',')
    .map(trimBlanks)
    .filter((entry) => entry !== '');
}

/** More entries than any VPN can have: the rest of a list isn't looked at. */
export const LIST_MAX = 256;
