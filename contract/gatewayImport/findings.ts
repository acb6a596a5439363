import type { ImportedLine, LineVerdict } from './imported.ts';

/** What is said of one line. Without a verdict: a word about a heading. */
export type Finding = { verdict: LineVerdict | null; note?: string | undefined; field?: string | undefined };

export const understood = (field?: string, note?: string): Finding => ({
  verdict: 'understood',
  field,
  note,
});
export const mapped = (field: string | undefined, note: string): Finding => ({
  verdict: 'mapped',
  field,
  note,
});
export const fixed = (note?: string): Finding => ({ verdict: 'fixed', note });
export const ignored = (note?: string): Finding => ({ verdict: 'ignored', note });
export const refused = (note: string, field?: string): Finding => ({ verdict: 'refused', note, field });
export const unknown = (note: string): Finding => ({ verdict: 'unknown', note });

/** Where several findings meet on a line, the one that somebody has to look at first stands for it. */
const urgency: readonly (LineVerdict | null)[] = [
  'refused',
  'unknown',
  'mapped',
  'understood',
  'fixed',
  'ignored',
  null,
];

/** Enough to read; a line that many connections share would collect one note of each. */
const NOTES_MAX = 6;

export type Report = {
  /** `line` from 1. */
  say: (line: number, finding: Finding) => void;
  /** That a line sets something: should nobody say anything of it, that is said. */
  expect: (line: number) => void;
  /** The lines with everything that was said; `texts` as they are shown. */
  lines: (texts: readonly string[]) => ImportedLine[];
};

export function createReport(): Report {
  const said = new Map<number, { verdict: LineVerdict | null; notes: Set<string>; field: string | null }>();
  const expected = new Set<number>();
  return {
    say(line, { verdict, note, field }) {
      const before = said.get(line) ?? { verdict: null, notes: new Set<string>(), field: null };
      if (urgency.indexOf(verdict) < urgency.indexOf(before.verdict)) before.verdict = verdict;
      if (note !== undefined && before.notes.size < NOTES_MAX) before.notes.add(note);
      before.field ??= field ?? null;
      said.set(line, before);
    },
    expect: (line) => expected.add(line),
    lines: (texts) =>
      texts.map((text, index) => {
        const number = index + 1;
        const found = said.get(number);
        if (found) {
          const note = found.notes.size === 0 ? null : [...found.notes].join(' ');
          return { number, text, verdict: found.verdict, note, field: found.field };
        }
        if (!expected.has(number)) return { number, text, verdict: null, note: null, field: null };
        const note = 'It belongs to no connection that is read here.';
        return { number, text, verdict: 'ignored', note, field: null };
      }),
  };
}
