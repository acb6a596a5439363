import { Command, Help, type Option } from 'commander';
import { addAccountCommands } from './account/accountCommands.ts';
import { addAgentCommands } from './agent/agentCommands.ts';
import { addCompletionCommands } from './completion/completionCommands.ts';
import type { Context } from './context.ts';
import { addPortsCommands } from './ports/portsCommands.ts';
import { addPreviewCommands } from './preview/previewCommands.ts';
import { addRun } from './run/run.ts';
import { addSecretCommands } from './secret/secretCommands.ts';
import { version } from './version.ts';
import { addVpnCommands } from './vpn/vpnCommands.ts';
import { addWorkspaceCommands } from './workspace/workspaceCommands.ts';

/**
 * All of `culvert`.
 *
 * To add a command, say `culvert secret list`:
 *
 * 1. `cli/secret/list.ts` exports `addSecretList(group, context)`. It calls `leaf(group, 'list', { summary, examples })`,
 *    which brings `--server`, `--team` and `--json` (and `--workspace` if asked to); then adds its own arguments and
 *    options; then `.action(action(context, async ({ connect, out }, ...itsArguments, itsOptions) => { … }))`.
 *    cli/vpn/list.ts is one to copy.
 * 2. `cli/secret/secretCommands.ts` exports `addSecretCommands(program, context)`, which makes the group with `group()` and
 *    adds its commands; it is called below. A command without a group (`culvert run`) is added below itself.
 * 3. What takes long to load (child processes are fine, a parser or a protocol is not) is imported inside the action
 *    with `await import()`. Contract modules that import zod are imported as types only: a test keeps zod out.
 * 4. In the action: `const { teamApi } = await connect()` is the API of the team that is meant, `out.result(value, text)`
 *    prints, `out.say` and `out.progress` tell people, `throw new CliError(…)` (cliError.ts) ends it with a code of
 *    exitCodes.ts, and a number that is returned is the exit code.
 * 5. Each example runs in cli/examples.test.ts against the app; `node scripts/commandLineDocs.ts` writes docs/command-line.md.
 */
export function createProgram(context: Context): Command {
  const { stdout, stderr } = context;
  const program = new Command('culvert')
    .description('Connects workspaces to private networks, and opens their ports to people.')
    .version(version)
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({
      visibleOptions: (command) => ownFirst(new Help().visibleOptions(command)),
    })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => Math.min(stdout.columns, 100),
      getErrHelpWidth: () => Math.min(stderr.columns, 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: () => undefined,
    });
  addAccountCommands(program, context);
  addVpnCommands(program, context);
  addWorkspaceCommands(program, context);
  addPortsCommands(program, context);
  addAgentCommands(program, context);
  addPreviewCommands(program, context);
  addSecretCommands(program, context);
  addRun(program, context);
  addCompletionCommands(program, context);
  return program;
}

const commonOptions = new Set(['--server', '--team', '--json', '--help']);

/** What a command alone has stands above what all have. */
function ownFirst(options: readonly Option[]): Option[] {
  const isCommon = ({ long }: Option) => commonOptions.has(long ?? '');
  return [...options.filter((option) => !isCommon(option)), ...options.filter(isCommon)];
}
