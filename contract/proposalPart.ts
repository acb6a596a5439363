import type { Refusal } from './result.ts';
import { findAlgorithm } from './suites.ts';

/** From `start` up to, not including, `end`, in UTF-16 units. */
export type TextRange = { start: number; end: number };

/** The keywords of a suite as they are typed, blanks around them left out. */
function tokensOf(text: string): { token: string; start: number }[] {
  let at = 0;
  return text.split('-').map((piece) => {
    const start = at + (piece.length - piece.trimStart().length);
    at += piece.length + 1;
    return { token: piece.trim(), start };
  });
}

const rangeOf = (start: number, text: string): TextRange => ({ start, end: start + text.length });

/**
 * Where in the typed suite the part is that a refusal names. Parts are keywords in canonical spelling, so `aes256gcm` is
 * found for `aes256gcm16`. The whole suite where the refusal is about it all, undefined where there is nothing to mark.
 */
export function locatePart(text: string, { part }: Refusal): TextRange | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const tokens = tokensOf(text);
  const found =
    tokens.find(({ token }) => token === part) ??
    tokens.find(({ token }) => findAlgorithm(token)?.keyword === part);
  if (found && found.token !== '') return rangeOf(found.start, found.token);
  const at = part === undefined || part === '' ? -1 : text.indexOf(part);
  if (part !== undefined && at !== -1) return rangeOf(at, part);
  return rangeOf(text.indexOf(trimmed), trimmed);
}
