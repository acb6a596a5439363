import { Argument, Option, type Command } from 'commander';
import type { Port, PortForward } from '../../contract/ports.ts';
import { apiPath } from '../api.ts';
import { chosenWorkspace } from '../chosenWorkspace.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { portNumber } from '../portNumber.ts';

export function addPortsAdd(ports: Command, context: Context): void {
  leaf(ports, 'add', {
    summary: 'Forward a port at an address of its own',
    more: 'Privately: only the workspace’s owner reaches it, until `culvert ports visibility` says otherwise.',
    workspace: true,
    examples: [
      { line: 'culvert ports add 3000 --workspace backend', does: 'Give port 3000 an address, and print it' },
      {
        line: 'culvert ports add 8443 --workspace backend --label "Admin" --protocol https',
        does: 'With a name, for a program that speaks https',
      },
    ],
  })
    .addArgument(new Argument('<port>', 'its number').argParser(portNumber))
    .option('--label <text>', 'name for people')
    .addOption(new Option('--protocol <protocol>', 'what the program speaks').choices(['http', 'https']))
    .action(
      action(context, async ({ connect, out, common }, port: number, { label, protocol }: PortForward) => {
        const workspace = chosenWorkspace(common);
        const { teamApi } = await connect();
        const wish = { ...(label === undefined ? {} : { label }), ...(protocol ? { protocol } : {}) };
        const added = await teamApi.put<Port>(apiPath`/workspaces/${workspace}/ports/${String(port)}`, wish);
        out.result(added, () => added.url ?? '');
      }),
    );
}
