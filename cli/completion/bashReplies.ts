import type { Candidate } from './candidates.ts';
import { quoteFor, type ShellLine } from './shellWords.ts';

/**
 * What bash puts in place of the word under the cursor. readline takes `=` and `:` for ends of words unless a quote is open,
 * and replaces only what is behind the last one; behind an open quote it replaces what follows the quote, and closes it.
 */
export function bashReplies(candidates: readonly Candidate[], { words, raw, quoting }: ShellLine): string[] {
  const typed = words.at(-1) ?? '';
  const kept = quoting === 'none' ? Math.max(raw.lastIndexOf('='), raw.lastIndexOf(':')) + 1 : 0;
  const keptText = raw.slice(0, kept);
  return candidates
    .map(({ value }) => (quoting === 'none' ? quoteFor(value, 'none') : quoteFor(value, quoting)))
    .filter((value) => keptText === '' || value.toLowerCase().startsWith(keptText.toLowerCase()))
    .map((value) => value.slice(keptText.length))
    .filter((value) => value !== '' || typed === '');
}
