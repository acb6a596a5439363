import { Option, type Command } from 'commander';
import type { ConnectedWorkspace } from '../../contract/workspaces.ts';
import { apiPath } from '../api.ts';
import type { Context } from '../context.ts';
import { durationSeconds } from '../duration.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { awaitTunnels } from './awaitTunnels.ts';

type Options = { wait?: boolean; timeout: number };

export function addWorkspaceConnect(workspace: Command, context: Context): void {
  leaf(workspace, 'connect', {
    summary: 'Connect a workspace to a VPN',
    more: 'Every replica opens its own tunnel. Connecting what is connected changes nothing.',
    examples: [
      { line: 'culvert workspace connect backend "Company data center"', does: 'Connect, and go on at once' },
      {
        line: 'culvert workspace connect backend "Company data center" --wait --timeout 90s',
        does: 'Wait until every tunnel is up; ends with 7 and the diagnosis where one fails',
      },
    ],
  })
    .argument('<workspace>', 'its name or id')
    .argument('<vpn>', 'its name or id')
    .option('--wait', 'wait until the tunnels of all its replicas are up')
    .addOption(
      new Option('--timeout <duration>', 'how long to wait').argParser(durationSeconds).default(120, '2m'),
    )
    .action(
      action(context, async (invocation, workspaceName: string, vpn: string, { wait, timeout }: Options) => {
        const { connect, out } = invocation;
        const { teamApi } = await connect();
        const connection = await teamApi.put<ConnectedWorkspace>(
          apiPath`/vpns/${vpn}/workspaces/${workspaceName}`,
          undefined,
        );
        if (wait)
          await awaitTunnels(invocation, teamApi, { vpn, workspaceId: connection.workspace.id, timeout });
        out.result(connection, () => {
          const { total } = connection.replicas;
          const replicas = total === 1 ? '1 replica' : `${total} replicas`;
          const state = wait ? 'up' : 'coming up';
          return total === 0
            ? `${connection.workspace.name} is connected. It has no replica yet that could open a tunnel.`
            : `${connection.workspace.name} is connected; the tunnels of ${replicas} are ${state}.`;
        });
      }),
    );
}
