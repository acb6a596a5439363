import type { Command } from 'commander';
import type { Vpn } from '../../contract/vpns.ts';
import { apiPath } from '../api.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';

export function addVpnDuplicate(vpn: Command, context: Context): void {
  leaf(vpn, 'duplicate', {
    summary: 'Duplicate a VPN, with its pre-shared key',
    more: 'To try other settings beside the VPN that is in use. The new one is connected to no workspace yet.',
    examples: [
      {
        line: 'culvert vpn duplicate "Company data center" "Company data center 2"',
        does: 'A second VPN with the same settings',
      },
    ],
  })
    .argument('<vpn>', 'its name or id')
    .argument('<name>', 'the name of the new one')
    .action(
      action(context, async ({ connect, out }, original: string, name: string) => {
        const { teamApi } = await connect();
        const made = await teamApi.post<Vpn>(apiPath`/vpns/${original}/duplicate`, { name });
        out.result(made, () => `Created ${made.name}, with the settings and the key of ${original}.`);
      }),
    );
}
