import { Argument, InvalidArgumentError, type Command } from 'commander';
import type { Port } from '../../contract/ports.ts';
import { visibilities, type Visibility } from '../../contract/visibility.ts';
import { apiPath } from '../api.ts';
import { chosenWorkspace } from '../chosenWorkspace.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { portNumber } from '../portNumber.ts';

type Wish = { port: number; visibility: Visibility };

export function addPortsVisibility(ports: Command, context: Context): void {
  leaf(ports, 'visibility', {
    summary: 'Say who may reach forwarded ports',
    more:
      'private: the workspace’s owner. organization: members of the team. public: anyone with the address. ' +
      'Whoever may no longer reach a port is cut off within a second.',
    workspace: true,
    examples: [
      {
        line: 'culvert ports visibility 3000:organization --workspace backend',
        does: 'Let the whole team in',
      },
      {
        line: 'culvert ports visibility 3000:private 8443:public --workspace backend',
        does: 'Change two ports at once',
      },
    ],
  })
    .addArgument(new Argument('<port:visibility...>', 'such as 3000:public').argParser(wishes))
    .action(
      action(context, async ({ connect, out, common }, wanted: Wish[]) => {
        const workspace = chosenWorkspace(common);
        const { teamApi } = await connect();
        const changed: Port[] = [];
        // One after the other: what is said stays true where one is refused.
        for (const { port, visibility } of wanted) {
          const path = apiPath`/workspaces/${workspace}/ports/${String(port)}`;
          changed.push(await teamApi.patch<Port>(path, { visibility }, { ifMatch: '*' }));
          if (!out.json) out.result(null, () => `Port ${port} is ${visibility} now.`);
        }
        if (out.json) out.result({ items: changed }, () => '');
      }),
    );
}

function wishes(text: string, before: Wish[] | undefined): Wish[] {
  const [, number = '', word = ''] = /^([^:]*):(.*)$/.exec(text) ?? [];
  const visibility = visibilities.find((name) => name === word);
  if (visibility === undefined) {
    throw new InvalidArgumentError(
      `Write the port, a colon, and one of ${visibilities.join(', ')}: 3000:private.`,
    );
  }
  return [...(before ?? []), { port: portNumber(number), visibility }];
}
