import type { Command } from 'commander';
import { apiPath } from '../api.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';

export function addWorkspaceDisconnect(workspace: Command, context: Context): void {
  leaf(workspace, 'disconnect', {
    summary: 'Disconnect a workspace from a VPN',
    more: 'Takes tunnel, routes and keys off every replica of the workspace.',
    examples: [{ line: 'culvert workspace disconnect backend "Company data center"', does: 'Disconnect it' }],
  })
    .argument('<workspace>', 'its name or id')
    .argument('<vpn>', 'its name or id')
    .action(
      action(context, async ({ connect, out }, workspaceName: string, vpn: string) => {
        const { teamApi } = await connect();
        await teamApi.delete(apiPath`/vpns/${vpn}/workspaces/${workspaceName}`);
        out.result(
          { workspace: workspaceName, vpn, connected: false },
          () => `${workspaceName} isn’t connected to ${vpn} any more.`,
        );
      }),
    );
}
