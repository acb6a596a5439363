import type { Command } from 'commander';
import type { Vpn } from '../../contract/vpns.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { table } from '../table.ts';
import { tunnelsText } from '../tunnelText.ts';

export function addVpnList(vpn: Command, context: Context): void {
  leaf(vpn, 'list', {
    summary: 'List the VPNs of a team',
    examples: [
      { line: 'culvert vpn list', does: 'All of them, with how many tunnels are up' },
      {
        line: 'culvert vpn list --search berlin --json',
        does: 'Those whose name or gateway matches, for a script',
      },
    ],
  })
    .option('--search <text>', 'only those whose name, gateway or subnets hold this text')
    .action(
      action(context, async ({ connect, out }, { search }: { search?: string }) => {
        const { teamApi } = await connect();
        const vpns = await teamApi.all<Vpn>('/vpns', { search });
        out.result(vpns, () =>
          vpns.items.length === 0
            ? 'There are no VPNs.'
            : table(
                ['NAME', 'GATEWAY', 'SUBNETS', 'WORKSPACES', 'TUNNELS'],
                vpns.items.map(({ name, peerIp, peerSubnets, workspaces, tunnels }) => [
                  name,
                  peerIp,
                  peerSubnets.join(', '),
                  String(workspaces),
                  tunnelsText(tunnels),
                ]),
                out.style.bold,
              ),
        );
      }),
    );
}
