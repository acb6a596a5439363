import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { parseProposal } from '../../../../contract/proposals.ts';
import { startingSuite } from '../../../../contract/suiteBuilder.ts';
import type { SuiteContext } from '../../../../contract/suiteParts.ts';
import { isBuildable } from './SuiteEditor.tsx';
import {
  addSuite,
  cancelEditing,
  editSuite,
  moveSuite,
  writeSeveral,
  writeSuite,
  type Editing,
  type EditMode,
  type SuiteList,
} from './suiteEditing.ts';
import type { RowAct } from './SuiteRow.tsx';

/** What is to have the focus: a button of a row, the first field of the open one, or the button that adds. */
type Target = { row: number; act: RowAct } | { row: number } | 'add';

const selectorOf = (target: Target): string => {
  if (target === 'add') return '[data-add]';
  const row = `[data-row="${target.row}"]`;
  return 'act' in target ? `${row} [data-act=${target.act}]` : `${row} :is(select, input)`;
};

/** “1st of 3” is read out by every voice in its own way; this is plain. */
const placeOf = (index: number, count: number) => `${index + 1} of ${count}`;

/**
 * The list of suites with the row that is open. What is done changes the form at once, is announced, and leaves the focus
 * where it goes on. Suites that change from outside (a preset, another version of the VPN) close the open row.
 */
export function useSuiteList(
  suites: readonly string[],
  setSuites: (suites: string[]) => void,
  context: SuiteContext,
) {
  const box = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<Editing>();
  const [said, setSaid] = useState('');
  const [known, setKnown] = useState(suites.join());
  if (known !== suites.join()) {
    setKnown(suites.join());
    setEditing(undefined);
  }
  const list: SuiteList = { suites, editing };

  const put = (next: SuiteList) => {
    setEditing(next.editing);
    if (next.suites === suites) return;
    setKnown(next.suites.join());
    setSuites([...next.suites]);
  };
  const act = (change: () => void, target: Target, say = '') => {
    flushSync(() => {
      change();
      setSaid(say);
    });
    box.current?.querySelector<HTMLElement>(selectorOf(target))?.focus();
  };
  const rowOrAdd = (row: number): Target => (row >= 0 ? { row, act: 'edit' } : 'add');

  const add = (mode: EditMode) => {
    const start = mode === 'parts' ? startingSuite(suites, context) : '';
    act(() => put(addSuite(suites, mode, start)), { row: suites.length });
  };
  const edit = (index: number) => {
    const mode = isBuildable(suites[index] ?? '', context) ? 'parts' : 'keywords';
    act(() => put(editSuite(suites, index, mode)), { row: index });
  };
  const move = (from: number, step: 1 | -1) => {
    const to = from + step;
    const text = suites[from] ?? '';
    if (to < 0 || to >= suites.length) {
      setSaid(`${text} is ${step === -1 ? 'the first' : 'the last'} already.`);
      return;
    }
    act(
      () => put({ suites: moveSuite(suites, from, to), editing: undefined }),
      { row: to, act: step === -1 ? 'up' : 'down' },
      `${text} is now ${placeOf(to, suites.length)}.`,
    );
  };
  const remove = (index: number) => {
    const left = suites.toSpliced(index, 1);
    const next: Target = left.length === 0 ? 'add' : { row: Math.min(index, left.length - 1), act: 'remove' };
    act(() => put({ suites: left, editing: undefined }), next, `${suites[index]} is removed.`);
  };

  return {
    box,
    editing,
    said,
    add,
    onAct: (index: number, what: RowAct) => {
      if (what === 'edit') edit(index);
      else if (what === 'remove') remove(index);
      else move(index, what === 'up' ? -1 : 1);
    },
    write: (text: string) => put(writeSuite(list, text)),
    paste: (several: readonly string[]) => {
      const texts = several.filter((text) => !suites.includes(text));
      const last = (editing?.index ?? suites.length) + texts.length - 1;
      act(() => put(writeSeveral(list, texts)), rowOrAdd(last), `${texts.length} suites are added.`);
    },
    switchMode: (mode: EditMode) => {
      if (editing === undefined) return;
      const { index, listed } = editing;
      const text = listed ? (suites[index] ?? '') : startingSuite(suites, context);
      const parsed = parseProposal(text, context.phase, context.ikeVersion);
      const written = mode === 'parts' ? writeSuite(list, parsed.ok ? parsed.value.keywords : text) : list;
      act(() => put({ ...written, editing: { ...editing, ...written.editing, mode } }), { row: index });
    },
    done: () => {
      if (editing === undefined) return;
      const { index, listed, before } = editing;
      const parsed = parseProposal(suites[index] ?? '', context.phase, context.ikeVersion);
      const written = listed && parsed.ok ? writeSuite(list, parsed.value.keywords) : list;
      const text = written.suites[index] ?? '';
      const say = listed && text !== before ? `${text} is number ${placeOf(index, suites.length)}.` : '';
      act(() => put({ ...written, editing: undefined }), rowOrAdd(listed ? index : suites.length - 1), say);
    },
    cancel: () => {
      if (editing === undefined) return;
      const back = editing.before === undefined ? 'add' : rowOrAdd(editing.index);
      act(() => put(cancelEditing(list)), back);
    },
  };
}
