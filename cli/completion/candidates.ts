import type { Argument, Command, Option } from 'commander';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import type { LiveNames } from './liveNames.ts';
import { optionsOf, positionOf, takesValue, type Position } from './position.ts';

/** A whole word that could stand there, and what it is. */
export type Candidate = { value: string; description: string };
/** `files`: the shell knows. */
export type Candidates = Candidate[] | 'files';

const plain = (values: readonly string[]): Candidate[] => values.map((value) => ({ value, description: '' }));

/**
 * What the last of these words can become; filtered by what is typed of it.
 *
 * @param words without the program’s name; the last one is being typed, and may be empty
 */
export async function findCandidates(
  program: Command,
  words: readonly string[],
  live: LiveNames,
): Promise<Candidates> {
  const position = positionOf(program, words);
  const found = await candidatesAt(position, live);
  if (found === 'files') return found;
  const typed = words.at(-1) ?? '';
  const prefix = position.kind === 'value' ? position.prefix : '';
  return found
    .map(({ value, description }) => ({ value: `${prefix}${value}`, description }))
    .filter(({ value }) => value.toLowerCase().startsWith(typed.toLowerCase()));
}

async function candidatesAt(position: Position, live: LiveNames): Promise<Candidates> {
  const { given } = position;
  switch (position.kind) {
    case 'other':
      return 'files';
    case 'flag':
      return flagsOf(position.command, given);
    case 'value':
      return (
        choicesOf(position.option) ??
        (await named(position.option.attributeName(), placeholderOf(position.option), given, live))
      );
    case 'word':
      return await wordsAt(position.command, position.index, given, live);
  }
}

const flagsOf = (command: Command, given: ReadonlyMap<string, string>): Candidate[] =>
  optionsOf(command)
    // Some that take a value are repeated.
    .filter((option) => !option.hidden && (takesValue(option) || !given.has(option.attributeName())))
    .map(({ long, description }) => ({ value: long ?? '', description }))
    .concat({ value: '--help', description: 'display help for command' })
    .filter(({ value }) => value !== '');

async function wordsAt(
  command: Command,
  index: number,
  given: ReadonlyMap<string, string>,
  live: LiveNames,
): Promise<Candidates> {
  if (command.commands.length > 0) {
    if (index > 0) return [];
    const shown = command.createHelp().visibleCommands(command);
    return shown.map((entry) => ({ value: entry.name(), description: entry.summary() }));
  }
  const args = command.registeredArguments;
  const argument = args[index] ?? args.findLast(({ variadic }) => variadic);
  if (!argument) return [];
  const choices = choicesOf(argument);
  if (choices) return choices;
  const name = argument.name();
  const whole = `${command.parent?.name() ?? ''} ${command.name()} ${name}`;
  return await named(whole.startsWith('secret ') ? whole : name, name, given, live);
}

function choicesOf(of: Option | Argument): Candidate[] | null {
  const { argChoices } = of;
  if (!argChoices) return null;
  const kinds: Readonly<Record<string, string>> = gatewayKindNames;
  return argChoices.map((value) => ({ value, description: kinds[value] ?? '' }));
}

const placeholderOf = (option: Option): string => /<([^>]+)>/.exec(option.flags)?.[1] ?? '';

/** Names that the server knows, by what an option or an argument is called. */
async function named(
  name: string,
  placeholder: string,
  given: ReadonlyMap<string, string>,
  live: LiveNames,
): Promise<Candidates> {
  switch (name) {
    case 'server':
      return plain(await live.servers());
    case 'team':
      return plain(await live.teams(given));
    case 'vpn':
      return plain(await live.vpns(given));
    case 'workspace':
    case 'for':
      return plain(await live.workspaces(given));
    case 'port':
    case 'ports':
      return await live.ports(given);
    case 'port:visibility':
      return (await live.ports(given)).flatMap(({ value, description }) =>
        ['private', 'organization', 'public'].map((level) => ({ value: `${value}:${level}`, description })),
      );
    case 'secret set name':
    case 'secret delete name':
      return plain(await live.secrets(given));
    case 'command':
      return 'files';
    default:
      return /^(?:file|path|dir|folder)(?:\.\.\.)?$/.test(placeholder) ? 'files' : [];
  }
}
