import { Option, type Command } from 'commander';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import { apiPath } from '../api.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';

type Options = { kind: string; pool?: string };

export function addVpnConfig(vpn: Command, context: Context): void {
  leaf(vpn, 'config', {
    summary: 'Print what the gateway of a VPN has to be set to',
    more: 'It never holds the pre-shared key: a placeholder stands where that belongs.',
    examples: [
      {
        line: 'culvert vpn config "Company data center" > ipsec.conf',
        does: 'For strongSwan, as a file',
      },
      {
        line: 'culvert vpn config "Company data center" --kind fortigate --pool 10.200.0.0/24',
        does: 'For another gateway, which hands out addresses of this network',
      },
    ],
  })
    .argument('<vpn>', 'its name or id')
    .addOption(
      new Option('--kind <kind>', 'what the gateway is')
        .choices(Object.keys(gatewayKindNames))
        .default('strongswan-ipsec'),
    )
    .option('--pool <cidr>', 'where the gateway takes virtual addresses from')
    .action(
      action(context, async ({ connect, out }, name: string, { kind, pool }: Options) => {
        const { teamApi } = await connect();
        const path = apiPath`/vpns/${name}/gateway-config`;
        if (out.json) {
          out.result(await teamApi.get<unknown>(path, { query: { kind, pool } }), () => '');
          return;
        }
        const text = await teamApi.text(path, { query: { kind, pool, format: 'text' } });
        out.result(null, () => text.replace(/\n$/, ''));
      }),
    );
}
