import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';

export type Parsed = { ok: true; value: unknown } | { ok: false; problem: string };

/** JSON as devcontainer.json is written: with comments and trailing commas. A problem says where, and what is wrong. */
export function parseJsonWithComments(source: string): Parsed {
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    return first ? { ok: false, problem: describe(first, text) } : { ok: true, value };
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError)
      return { ok: false, problem: 'which is nested too deeply, can’t be read' };
    throw error;
  }
}

const wanted = new Map([
  ['InvalidSymbol', 'a value or a name without quotes'],
  ['InvalidNumberFormat', 'no valid number'],
  ['PropertyNameExpected', 'a name in double quotes is missing'],
  ['ValueExpected', 'a value is missing'],
  ['ColonExpected', 'a colon is missing'],
  ['CommaExpected', 'a comma is missing'],
  ['CloseBraceExpected', 'a closing brace is missing'],
  ['CloseBracketExpected', 'a closing bracket is missing'],
  ['EndOfFileExpected', 'more follows after the end'],
  ['UnexpectedEndOfComment', 'a comment is not closed'],
  ['UnexpectedEndOfString', 'a text is not closed'],
  ['UnexpectedEndOfNumber', 'a number is cut off'],
  ['InvalidCharacter', 'a control character in a text'],
]);

function describe({ error, offset }: ParseError, text: string): string {
  const before = text.slice(0, offset).split(/\r\n|[\r\n]/);
  const what = wanted.get(printParseErrorCode(error)) ?? 'not valid';
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${what}`;
}
