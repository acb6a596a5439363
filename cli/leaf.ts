import { Option, type Command } from 'commander';

/** Of each command: lines that can be pasted, with what they do. They are its help, its page in the docs, and a test. */
export type Example = { line: string; does: string };
export type LeafOptions = {
  /** One sentence without a full stop: “List the VPNs of a team”. */
  summary: string;
  /** What else has to be known. */
  more?: string;
  examples: readonly Example[];
  /** Whether it means one workspace: adds `--workspace`. */
  workspace?: boolean;
  /** Whether the group alone means it: `culvert ports` is `culvert ports list`. */
  isDefault?: boolean;
};

const examplesOf = new WeakMap<Command, readonly Example[]>();
const defaultOf = new WeakMap<Command, Command>();

/**
 * Adds a command that does something, with the options that all such commands have. (They are on the leaves because
 * options of the program would have to stand before the command’s name.) Add arguments and options to what it returns.
 */
export function leaf(
  parent: Command,
  name: string,
  { summary, more, examples, workspace, isDefault = false }: LeafOptions,
): Command {
  const command = parent
    .command(name, { isDefault })
    .summary(summary)
    .description(more === undefined ? `${summary}.` : `${summary}.\n\n${more}`)
    .addOption(new Option('--server <url>', 'address of the server').env('CULVERT_SERVER'))
    .addOption(new Option('--team <team>', 'name or id of the team').env('CULVERT_TEAM'))
    .option('--json', 'print JSON, as the API answers it');
  if (workspace) {
    command.addOption(
      new Option('--workspace <workspace>', 'name or id of the workspace').env('CULVERT_WORKSPACE'),
    );
  }
  examplesOf.set(command, examples);
  if (isDefault) defaultOf.set(parent, command);
  const lines = examples.map(({ line, does }) => `  # ${does}\n  $ ${line}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n\n')}`);
}

/** A command that only holds others: `culvert vpn`. Without one of them it prints its help and is a wrong usage. */
export const group = (parent: Command, name: string, summary: string): Command =>
  parent.command(name).summary(summary).description(`${summary}.`).helpCommand(false);

/** The examples of a command; none for a group. */
export const readExamples = (command: Command): readonly Example[] => examplesOf.get(command) ?? [];

/** The command that a group alone means. */
export const readDefault = (command: Command): Command | undefined => defaultOf.get(command);

/** As it is called: `culvert vpn list`. */
export const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
