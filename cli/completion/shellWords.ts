/** How a word that is being typed is quoted: as it stands, or by a quote that is still open. */
export type Quoting = 'none' | 'single' | 'double';

/** `raw`: the last word as it was typed, quotes and all. */
export type ShellLine = { words: string[]; raw: string; quoting: Quoting };

/**
 * Splits a command line that is still being typed, as a POSIX shell would (Shell Command Language, 2.2), and runs nothing of it:
 * what a shell would replace stays as it is. The last word is the one under the cursor, empty after a blank.
 */
export function shellWords(line: string): ShellLine {
  const words: string[] = [];
  let [word, raw, inWord]: [string, string, boolean] = ['', '', false];
  let quoting: Quoting = 'none';
  const end = () => {
    if (inWord) words.push(word);
    [word, raw, inWord] = ['', '', false];
  };
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (quoting === 'none' && /\s/.test(character)) {
      end();
      continue;
    }
    raw += character;
    inWord = true;
    if (quoting === 'none' && character === "'") quoting = 'single';
    else if (quoting === 'none' && character === '"') quoting = 'double';
    else if ((quoting === 'single' && character === "'") || (quoting === 'double' && character === '"'))
      quoting = 'none';
    else if (character === '\\' && quoting !== 'single') {
      index += 1;
      const next = line.charAt(index);
      raw += next;
      // Between double quotes a backslash counts only before what means something there.
      word += quoting === 'double' && !/["$`\\]/.test(next) ? `\\${next}` : next;
    } else word += character;
  }
  words.push(word);
  return { words, raw, quoting };
}

/** A word, or the rest of one, so that a shell reads it as it is. */
export function quoteFor(text: string, quoting: Quoting): string {
  if (quoting === 'single') return text.replaceAll("'", "'\\''");
  if (quoting === 'double') return text.replace(/["$`\\]/g, '\\$&');
  return text.replace(/[^\p{L}\p{N}\p{M}_@%+=:,./-]/gu, '\\$&');
}
