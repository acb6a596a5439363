import type { Command, Option } from 'commander';
import { readDefault } from '../leaf.ts';

/** What the last word of a command line is to become. `given`: the values of options that stand before it, by attribute name. */
export type Position = { command: Command; given: ReadonlyMap<string, string> } & (
  | { kind: 'value'; option: Option; prefix: string }
  | { kind: 'flag' }
  /** A command, an argument, or either: `index` counts the arguments that stand before it. */
  | { kind: 'word'; index: number }
  /** Behind `--`, or a program’s own arguments: none of ours. */
  | { kind: 'other' }
);

export const takesValue = (option: Option): boolean => option.required || option.optional;

/** Options of the command, and of the one that it means when it is a group. */
export const optionsOf = (command: Command): readonly Option[] => [
  ...command.options,
  ...(readDefault(command)?.options ?? []),
];

/** Where the last of these words stands. Words that fit nowhere are passed over: somebody is still typing. */
export function positionOf(program: Command, words: readonly string[]): Position {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const given = new Map<string, string>();
  let command = program;
  let index = 0;
  let pending: Option | undefined;
  const find = (flag: string) =>
    optionsOf(command).find(({ long, short }) => flag === long || flag === short);
  for (const word of before) {
    if (pending) {
      given.set(pending.attributeName(), word);
      pending = undefined;
    } else if (word === '--') {
      return { kind: 'other', command, given };
    } else if (word.startsWith('-')) {
      const [flag = '', ...value] = word.split('=');
      const option = find(flag);
      if (option && value.length > 0) given.set(option.attributeName(), value.join('='));
      else if (option && takesValue(option)) pending = option;
      else if (option) given.set(option.attributeName(), '');
    } else {
      const next = index === 0 ? command.commands.find((entry) => entry.name() === word) : undefined;
      if (next) command = next;
      else index += 1;
    }
  }
  if (pending) return { kind: 'value', command, option: pending, prefix: '', given };
  const [, flag, equals] = /^(--[\w-]+)(=)?/.exec(current) ?? [];
  const option = equals === undefined ? undefined : find(flag ?? '');
  if (option && takesValue(option)) return { kind: 'value', command, option, prefix: `${flag}=`, given };
  if (current.startsWith('-')) return { kind: 'flag', command, given };
  return { kind: 'word', command, index, given };
}
