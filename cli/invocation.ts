import type { Command } from 'commander';
import { Ended } from './cliError.ts';
import { connect, type Connection } from './connection.ts';
import type { Context } from './context.ts';
import { createOutput, type Output } from './output.ts';

/** What commands take in common, see `leaf`. An environment variable stands in for what is left out. */
export type CommonOptions = { server?: string; team?: string; workspace?: string; json?: boolean };

/** One run of a command: what its action gets before its own arguments and options. */
export type Invocation = {
  context: Context;
  out: Output;
  common: CommonOptions;
  /**
   * The API, signed in, and the team that is meant.
   *
   * @throws CliError (sign in) where there is no token for it
   */
  connect(): Promise<Connection>;
};

/**
 * Makes an action of `run`, which gets the invocation, then the command's arguments in order, then its options. A number
 * that it returns becomes the exit code.
 */
export const action = <Given extends unknown[]>(
  context: Context,
  run: (invocation: Invocation, ...given: Given) => Promise<number | void>,
) =>
  async function act(this: Command, ...given: Given): Promise<void> {
    takeEnvironment(this, context.env);
    const common = this.opts<CommonOptions>();
    const out = createOutput(context, common.json ?? false);
    const exit = await run({ context, out, common, connect: () => connect(context, common) }, ...given);
    if (typeof exit === 'number' && exit !== 0) throw new Ended(exit);
  };

/** Commander asks the environment of the process; a test brings its own. An empty variable counts as none. */
function takeEnvironment(command: Command, env: Context['env']): void {
  for (const option of command.options) {
    const text = option.envVar === undefined ? undefined : env[option.envVar];
    const source = command.getOptionValueSource(option.attributeName());
    if (text && (source === undefined || source === 'default' || source === 'env')) {
      command.setOptionValueWithSource(
        option.attributeName(),
        option.parseArg ? option.parseArg(text, undefined) : text,
        'env',
      );
    }
  }
}
