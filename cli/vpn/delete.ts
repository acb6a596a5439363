import type { Command } from 'commander';
import type { Vpn } from '../../contract/vpns.ts';
import { apiPath } from '../api.ts';
import { CliError, usageError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';

export function addVpnDelete(vpn: Command, context: Context): void {
  leaf(vpn, 'delete', {
    summary: 'Delete a VPN',
    more: 'Takes its tunnels off the replicas of all connected workspaces. Asks before, at a terminal.',
    examples: [{ line: 'culvert vpn delete "Company data center" --yes', does: 'Without being asked' }],
  })
    .argument('<vpn>', 'its name or id')
    .option('--yes', 'don’t ask')
    .action(
      action(context, async ({ connect, out }, name: string, { yes }: { yes?: boolean }) => {
        const { teamApi } = await connect();
        const going = await teamApi.get<Vpn>(apiPath`/vpns/${name}`);
        if (!yes) await confirm(context, going);
        await teamApi.delete(apiPath`/vpns/${going.id}`);
        out.result({ deleted: { id: going.id, name: going.name } }, () => `Deleted ${going.name}.`);
      }),
    );
}

async function confirm({ stdin }: Context, { name, workspaces, replicas }: Vpn): Promise<void> {
  if (!stdin.isTTY) throw usageError(`Deleting ${name} can’t be undone.`, 'Add --yes if it is meant.');
  const cost =
    workspaces === 0 ? '' : ` ${workspaces} workspaces with ${replicas} replicas lose their tunnels.`;
  const answer = await stdin.ask(
    `${cost.trim()}${cost ? ' ' : ''}Type the name of the VPN to delete it: `,
    false,
  );
  if (answer.trim() !== name)
    throw new CliError('That is another name. Nothing was deleted.', { code: 'not_confirmed' });
}
