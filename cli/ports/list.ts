import type { Command } from 'commander';
import type { Port, PortList } from '../../contract/ports.ts';
import { apiPath } from '../api.ts';
import { chosenWorkspace } from '../chosenWorkspace.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { table } from '../table.ts';

export function addPortsList(ports: Command, context: Context): void {
  leaf(ports, 'list', {
    summary: 'List the ports of a workspace',
    more: 'Those that listen and those that are forwarded, with who may reach them. Of other people’s workspaces: what they share.',
    isDefault: true,
    workspace: true,
    examples: [
      { line: 'culvert ports --workspace backend', does: 'What listens, and at which address it is reached' },
      { line: 'culvert ports list --workspace backend --json', does: 'The same for a script' },
    ],
  }).action(
    action(context, async ({ connect, out, common }) => {
      const workspace = chosenWorkspace(common);
      const { teamApi } = await connect();
      const list = await teamApi.get<PortList>(apiPath`/workspaces/${workspace}/ports`);
      if (list.declarationProblem !== null) out.say(list.declarationProblem);
      out.result(list, () => portsText(list.items, out.style.bold));
    }),
  );
}

const portsText = (ports: readonly Port[], heading: (text: string) => string): string =>
  ports.length === 0
    ? 'Nothing listens in this workspace, and no port is forwarded.'
    : table(
        ['PORT', 'LABEL', 'PROCESS', 'VISIBILITY', 'STATUS', 'ADDRESS'],
        ports.map(({ port, label, process, visibility, forwarded, status, url }) => [
          String(port),
          label ?? '',
          process ?? '',
          forwarded ? visibility : '',
          statusText[status],
          url ?? 'not forwarded',
        ]),
        heading,
      );

const statusText: Readonly<Record<Port['status'], string>> = {
  listening: 'listening',
  'not-listening': 'nothing listens',
  'replica-offline': 'replica offline',
  'no-replica': 'no replica',
};
