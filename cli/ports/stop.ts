import { Argument, type Command } from 'commander';
import { apiPath } from '../api.ts';
import { chosenWorkspace } from '../chosenWorkspace.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { portNumbers } from '../portNumber.ts';

export function addPortsStop(ports: Command, context: Context): void {
  leaf(ports, 'stop', {
    summary: 'Stop forwarding ports',
    more: 'Whoever is connected is cut off within a second. The programs go on, and the address stays reserved.',
    workspace: true,
    examples: [
      { line: 'culvert ports stop 3000 --workspace backend', does: 'Nobody reaches port 3000 any more' },
    ],
  })
    .addArgument(new Argument('<port...>', 'their numbers').argParser(portNumbers))
    .action(
      action(context, async ({ connect, out, common }, numbers: number[]) => {
        const workspace = chosenWorkspace(common);
        const { teamApi } = await connect();
        for (const port of numbers) {
          await teamApi.delete(apiPath`/workspaces/${workspace}/ports/${String(port)}`);
          if (!out.json) out.result(null, () => `Port ${port} isn’t forwarded any more.`);
        }
        if (out.json) out.result({ stopped: numbers }, () => '');
      }),
    );
}
