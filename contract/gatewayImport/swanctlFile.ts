import { createCursor } from './confCursor.ts';
import { ignored, refused, unknown, type Report } from './findings.ts';
import type { ConfEntry } from './ipsecFile.ts';
import type { SecretSpan } from './maskKeys.ts';

export type SwanctlSection = {
  name: string;
  line: number;
  /** Sections whose content this one takes over: `name : other, another {`. */
  refs: string[];
  entries: Map<string, ConfEntry>;
  sections: Map<string, SwanctlSection>;
};

export type SwanctlFile = { root: SwanctlSection; spans: SecretSpan[] };

const emptySection = (name: string, line: number): SwanctlSection => ({
  name,
  line,
  refs: [],
  entries: new Map(),
  sections: new Map(),
});

/** Keys whose values must not be shown. */
const secretKey = /secret|passw|passphrase|^pin$/i;

/** Deeper than swanctl.conf ever goes; what is below is read past. */
const DEPTH_MAX = 12;

/** Reads swanctl.conf as strongSwan reads its settings. Says what it makes of everything that is no setting. */
export function readSwanctlFile(texts: readonly string[], report: Report): SwanctlFile {
  const file: SwanctlFile = { root: emptySection('', 1), spans: [] };
  const cursor = createCursor(texts);
  const stack: SwanctlSection[] = [file.root];
  const top = () => stack.at(-1) ?? file.root;

  const open = (name: string, line: number, refs: readonly string[]): void => {
    const parent = top();
    const section = parent.sections.get(name) ?? emptySection(name, line);
    section.refs.push(...refs);
    if (stack.length <= DEPTH_MAX) parent.sections.set(name, section);
    else report.say(line, unknown('Sections don’t go as deep as this.'));
    stack.push(section);
  };

  const set = (key: string, line: number): void => {
    const { value, spans, closed } = cursor.value();
    report.expect(line);
    if (secretKey.test(key)) file.spans.push(...spans);
    if (!closed) {
      report.say(line, refused('A double quote isn’t closed, so the gateway doesn’t take the file.'));
      return;
    }
    const { entries } = top();
    const earlier = entries.get(key);
    if (earlier) report.say(earlier.line, ignored(`Line ${line} sets it again.`));
    entries.set(key, { key, value, line });
  };

  const skipUnread = (): void => {
    report.say(cursor.line(), unknown('Nothing that a swanctl.conf can have here.'));
    cursor.skipLine();
  };

  const references = (): string[] => {
    const refs: string[] = [];
    cursor.step();
    for (;;) {
      cursor.skipBlanks();
      if (cursor.peek() === ',') cursor.step();
      else {
        const ref = cursor.name();
        if (ref === '') return refs;
        refs.push(ref);
      }
    }
  };

  const statement = (): void => {
    const line = cursor.line();
    const name = cursor.name();
    if (name === '') return skipUnread();
    cursor.skipBlanks();
    if (cursor.peek() === '=') {
      cursor.step();
      return set(name, line);
    }
    if (name === 'include') {
      report.say(line, refused('Included files aren’t read. Paste what is in them as well.'));
      return void cursor.value();
    }
    const refs = cursor.peek() === ':' ? references() : [];
    while (cursor.peek() === '\n') {
      cursor.step();
      cursor.skipBlanks();
    }
    if (cursor.peek() === '{') {
      cursor.step();
      return open(name, line, refs);
    }
    report.say(line, unknown('Neither a setting nor a section.'));
  };

  for (let next = cursor.peek(); next !== undefined; next = cursor.peek()) {
    if (next === '\n' || /\s/.test(next)) cursor.step();
    else if (next === '#') cursor.skipLine();
    else if (next === '}') {
      if (stack.length > 1) stack.pop();
      else report.say(cursor.line(), unknown('This brace closes nothing.'));
      cursor.step();
    } else statement();
  }
  if (stack.length > 1) {
    report.say(top().line, { verdict: null, note: 'The brace of this section isn’t closed.' });
  }
  return file;
}
