/** How a suite is edited: from lists of algorithms, or as strongSwan's keywords. */
export type EditMode = 'parts' | 'keywords';

/** The row that is open for editing. What is chosen or typed is in the form at once. */
export type Editing = {
  index: number;
  mode: EditMode;
  /** What stood there before; undefined: the suite is new. */
  before: string | undefined;
  /** False while nothing is typed: the list then doesn't hold the row. */
  listed: boolean;
};

export type SuiteList = { suites: readonly string[]; editing: Editing | undefined };

/** Suites as they are shown: an open row without text is in its place too. */
export const shownSuites = ({ suites, editing }: SuiteList): string[] =>
  editing === undefined || editing.listed ? [...suites] : suites.toSpliced(editing.index, 0, '');

/** Opens a new row at the end; with `start` it begins as that suite. */
export const addSuite = (suites: readonly string[], mode: EditMode, start: string): SuiteList => ({
  suites: start === '' ? suites : [...suites, start],
  editing: { index: suites.length, mode, before: undefined, listed: start !== '' },
});

export const editSuite = (suites: readonly string[], index: number, mode: EditMode): SuiteList => ({
  suites,
  editing: { index, mode, before: suites[index], listed: true },
});

/** Puts what is typed or chosen in the open row into the list; an empty text leaves the list. */
export function writeSuite({ suites, editing }: SuiteList, text: string): SuiteList {
  if (editing === undefined) return { suites, editing };
  const listed = text.trim() !== '';
  const replaced = suites.toSpliced(editing.index, editing.listed ? 1 : 0, ...(listed ? [text] : []));
  return { suites: replaced, editing: { ...editing, listed } };
}

/** Several suites in the place of the open row, which closes. */
export const writeSeveral = ({ suites, editing }: SuiteList, texts: readonly string[]): SuiteList => ({
  suites: suites.toSpliced(editing?.index ?? suites.length, editing?.listed === true ? 1 : 0, ...texts),
  editing: undefined,
});

/** Closes the open row as if nothing had been chosen or typed in it. */
export function cancelEditing({ suites, editing }: SuiteList): SuiteList {
  if (editing === undefined) return { suites, editing };
  const before = editing.before === undefined ? [] : [editing.before];
  return {
    suites: suites.toSpliced(editing.index, editing.listed ? 1 : 0, ...before),
    editing: undefined,
  };
}

/** The suite at `from` moved to `to`; the others keep their order. */
export const moveSuite = (suites: readonly string[], from: number, to: number): string[] =>
  suites.toSpliced(from, 1).toSpliced(to, 0, ...suites.slice(from, from + 1));

/** A pasted text with several suites, one by one: lines, commas, semicolons and blanks part them. Otherwise empty. */
export function severalSuites(text: string): string[] {
  const suites = text.split(/[\s,;]+/).filter((suite) => suite !== '');
  return suites.length > 1 && suites.every((suite) => suite.includes('-')) ? [...new Set(suites)] : [];
}
