import type { SecretSpan } from './maskKeys.ts';

/** A value of swanctl.conf: words and strings joined by one blank, and where its parts are. */
export type SwanctlValue = { value: string; spans: SecretSpan[]; closed: boolean };

export type ConfCursor = {
  /** From 1. */
  line: () => number;
  /** The next character, `\n` at the end of a line; undefined at the end of the text. */
  peek: () => string | undefined;
  step: () => void;
  /** Blanks of the same line. */
  skipBlanks: () => void;
  skipLine: () => void;
  /** A name of a section or setting; empty: none is here. */
  name: () => string;
  value: () => SwanctlValue;
};

/** Characters as strongSwan's src/libstrongswan/settings/settings_lexer.l divides them. */
const nameCharacter = /[^#{}:,="\s]/;
const wordCharacter = /[^#}"\s]/;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Goes through the lines of a swanctl.conf once. */
export function createCursor(texts: readonly string[]): ConfCursor {
  let at = 0;
  let column = 0;
  const peek = (): string | undefined => {
    const text = texts[at];
    if (text === undefined) return undefined;
    return column < text.length ? text.charAt(column) : '\n';
  };
  const step = (): void => {
    if (column < (texts[at]?.length ?? 0)) column += 1;
    else [at, column] = [at + 1, 0];
  };
  const run = (pattern: RegExp): string => {
    const from = column;
    const text = texts[at] ?? '';
    while (column < text.length && pattern.test(text.charAt(column))) column += 1;
    return text.slice(from, column);
  };

  /** Behind the opening quote; ends behind the closing one. */
  const string = (spans: SecretSpan[]): { text: string; closed: boolean } => {
    const pieces: string[] = [];
    let from = column;
    for (let next = peek(); next !== undefined; next = peek()) {
      if (next === '"') {
        spans.push({ line: at + 1, from, to: column });
        step();
        return { text: pieces.join(''), closed: true };
      }
      if (next === '\n') {
        spans.push({ line: at + 1, from, to: column });
        from = 0;
        pieces.push('\n');
        step();
        continue;
      }
      step();
      if (next !== '\\') {
        pieces.push(next);
        continue;
      }
      const escaped = peek();
      if (escaped === '\n') {
        spans.push({ line: at + 1, from, to: column });
        from = 0;
      } else if (escaped !== undefined) pieces.push(escapes[escaped] ?? escaped);
      step();
    }
    return { text: pieces.join(''), closed: false };
  };

  return {
    line: () => at + 1,
    peek,
    step,
    skipBlanks: () => void run(/[^\S\n]/),
    skipLine: () => {
      [at, column] = [at + 1, 0];
    },
    name: () => run(nameCharacter),
    value() {
      const parts: string[] = [];
      const spans: SecretSpan[] = [];
      for (;;) {
        run(/[^\S\n]/);
        const next = peek();
        if (next === '"') {
          step();
          const { text, closed } = string(spans);
          parts.push(text);
          if (!closed) return { value: parts.join(' '), spans, closed };
          continue;
        }
        const from = column;
        const word = next === undefined || next === '\n' ? '' : run(wordCharacter);
        if (word === '') return { value: parts.join(' '), spans, closed: true };
        spans.push({ line: at + 1, from, to: column });
        parts.push(word);
      }
    },
  };
}
