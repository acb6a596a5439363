import type { Command } from 'commander';
import type { Workspace } from '../../contract/workspaces.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { table } from '../table.ts';
import { tunnelsText } from '../tunnelText.ts';

export function addWorkspaceList(workspace: Command, context: Context): void {
  leaf(workspace, 'list', {
    summary: 'List the workspaces of a team',
    isDefault: true,
    examples: [
      { line: 'culvert workspace list', does: 'All of them, with their VPNs and tunnels' },
      { line: 'culvert workspace list --search back --json', does: 'Those whose name matches, for a script' },
    ],
  })
    .option('--search <text>', 'only those whose name or owner holds this text')
    .action(
      action(context, async ({ connect, out }, { search }: { search?: string }) => {
        const { teamApi } = await connect();
        const workspaces = await teamApi.all<Workspace>('/workspaces', { search });
        out.result(workspaces, () =>
          workspaces.items.length === 0
            ? 'There are no workspaces.'
            : table(
                ['NAME', 'OWNER', 'REPLICAS', 'VPNS', 'TUNNELS'],
                workspaces.items.map(({ name, owner, replicas, vpns, tunnels }) => [
                  name,
                  owner.name,
                  `${replicas.online} of ${replicas.total} online`,
                  vpns.map((vpn) => vpn.name).join(', ') || 'none',
                  tunnelsText(tunnels),
                ]),
                out.style.bold,
              ),
        );
      }),
    );
}
