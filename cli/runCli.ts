import { CommanderError, type Command } from 'commander';
import { ApiError, CliError, Ended, usageError } from './cliError.ts';
import { positionOf } from './completion/position.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exitCodes.ts';
import { pathOf } from './leaf.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command line, without the program’s name.
 *
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], context: Context): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof Ended) return error.exit;
    if (error instanceof CommanderError) return endOfCommander(error, program, argv, context);
    if (error instanceof CliError) {
      complain(error, argv, context);
      return error.exit;
    }
    if (context.signal.aborted) return exitCodes.interrupted;
    throw error;
  }
}

/** Help and the version were asked for, or the command line is wrong: commander has printed help, and we the error. */
function endOfCommander(
  error: CommanderError,
  program: Command,
  argv: readonly string[],
  context: Context,
): number {
  if (error.exitCode === 0) return exitCodes.ok;
  if (error.code !== 'commander.help') {
    // Behind the last word, which is no longer being typed.
    const { command } = positionOf(program, [...argv, '']);
    // A group that stands for one of its commands takes what it doesn’t know for that one’s argument.
    const unknown = error.code === 'commander.excessArguments' && command.commands.length > 0;
    const message = unknown
      ? `${pathOf(command)} has no such command.`
      : error.message.replace(/^error: /, '');
    complain(usageError(message, `See ${pathOf(command)} --help.`), argv, context);
  }
  return exitCodes.usage;
}

function complain(error: CliError, argv: readonly string[], { stderr }: Context): void {
  const end = argv.indexOf('--');
  const json = (end === -1 ? argv : argv.slice(0, end)).includes('--json');
  if (json) {
    const { code, message, advice } = error;
    const shown =
      error instanceof ApiError ? error.problem : { code, title: message, ...(advice ? { advice } : {}) };
    stderr.write(`${withoutTokens(JSON.stringify(shown, null, 2))}\n`);
    return;
  }
  const advice = error.advice === undefined ? '' : `${error.advice}\n`;
  stderr.write(withoutTokens(`culvert: ${error.message}\n${advice}`));
}

/** Somebody may have put a token where none belongs; errors end up in logs. */
const withoutTokens = (text: string): string => text.replace(/(culv_[a-z]+_)[\w-]+/g, '$1…');
