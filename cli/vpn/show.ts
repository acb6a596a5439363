import type { Command } from 'commander';
import type { Tunnel } from '../../contract/tunnels.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { apiPath } from '../api.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import type { Style } from '../output.ts';
import { table } from '../table.ts';
import { diagnosesText } from '../tunnelText.ts';
import { vpnText } from './vpnText.ts';

export function addVpnShow(vpn: Command, context: Context): void {
  leaf(vpn, 'show', {
    summary: 'Show a VPN and its tunnels',
    more: 'Each tunnel that isn’t well comes with what is wrong, what to change and on which side.',
    examples: [
      { line: 'culvert vpn show "Company data center"', does: 'Its settings, and the state of every tunnel' },
      {
        line: 'culvert vpn show "Company data center" --json',
        does: 'As an object with `vpn` and `tunnels`',
      },
    ],
  })
    .argument('<vpn>', 'its name or id')
    .action(
      action(context, async ({ connect, out }, name: string) => {
        const { teamApi } = await connect();
        const shown = await teamApi.get<Vpn>(apiPath`/vpns/${name}`);
        const { items: tunnels } = await teamApi.all<Tunnel>(apiPath`/vpns/${shown.id}/tunnels`);
        out.result({ vpn: shown, tunnels }, () =>
          [vpnText(shown, out.style), tunnelTable(tunnels, out.style), diagnosesText(tunnels)]
            .filter((part) => part !== '')
            .join('\n\n'),
        );
      }),
    );
}

const tunnelTable = (tunnels: readonly Tunnel[], style: Style): string =>
  tunnels.length === 0
    ? ''
    : table(
        ['REPLICA', 'TUNNEL', 'VIRTUAL IP', 'SINCE (UTC)'],
        tunnels.map(({ replica, state, virtualIp, since, diagnosis }) => [
          replica.name,
          diagnosis === null ? state : `${state}: ${diagnosis.short}`,
          virtualIp ?? '',
          since.slice(0, 16).replace('T', ' '),
        ]),
        style.bold,
      );
