const escaped = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Everything but plain printable ASCII: control characters, look-alikes, invisible characters. */
const unusual = /[^\x20-\x7e]/u;

/** Text of somebody else's inside a message: shortened, and with unusual characters made visible. */
export function shown(text: string, maxLength = 60): string {
  const visible = text.replace(/[\p{C}\p{Z}]/gu, (character) =>
    character === ' ' ? ' ' : `‹${escaped(character)}›`,
  );
  return visible.length > maxLength ? `${visible.slice(0, maxLength)}…` : visible;
}

/** The first character that isn't plain printable ASCII, in words; undefined when all are. */
export function oddCharacter(text: string): { character: string; words: string } | undefined {
  const character = unusual.exec(text)?.[0];
  if (character === undefined) return undefined;
  if (character === '\n' || character === '\r') return { character, words: 'a line break' };
  if (character === '\t') return { character, words: 'a tab' };
  if (/\p{Z}/u.test(character)) return { character, words: `an unusual blank (${escaped(character)})` };
  if (/\p{Cc}/u.test(character)) return { character, words: `a control character (${escaped(character)})` };
  if (/\p{C}/u.test(character)) return { character, words: `an invisible character (${escaped(character)})` };
  return { character, words: `“${character}” (${escaped(character)})` };
}

/**
 * What was probably meant by text pasted from a document: look-alike digits, slashes and dashes become plain, invisible
 * characters and blanks at the ends go. Only ever a suggestion: the result has to be parsed like any other input.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2044\u2215\u29f8]/g, '/')
    .replace(/[\u3002\uff61]/g, '.')
    .trim();
}
