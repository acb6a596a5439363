import { Option, type Command } from 'commander';
import type { RolloutStrategy } from '../../contract/rollouts.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { apiPath } from '../api.ts';
import { usageError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { durationSeconds } from '../duration.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { parseCheckTarget, type CheckTarget } from '../preview/checkTarget.ts';
import { awaitRollout } from './awaitRollout.ts';
import { keyLine, keyOfOptions, keyOptions, type KeyOptions } from './preSharedKey.ts';
import { settingsOptions, withOptions, type SettingsOptions } from './settingsOptions.ts';

type RolloutWish = { strategy: RolloutStrategy; check?: CheckTarget; limit: number; wait: boolean };
type Options = SettingsOptions & KeyOptions & RolloutWish & { name?: string };

const strategies: readonly RolloutStrategy[] = ['one-by-one', 'all-at-once', 'immediately'];

export function addVpnEdit(vpn: Command, context: Context): void {
  const command = leaf(vpn, 'edit', {
    summary: 'Change a VPN',
    more:
      'Goes to one replica first; one whose tunnel doesn’t come up with the new settings goes back to the old ones, and the others keep what they ' +
      'have. Waits until that is decided, and ends with 7 where the change failed.',
    examples: [
      {
        line: 'culvert vpn edit "Company data center" --esp-proposal aes256gcm16-modp2048 --check 10.250.0.5',
        does: 'Try another suite; 10.250.0.5 has to answer through each tunnel',
      },
      {
        line: 'culvert vpn edit "Company data center" --psk-file - --strategy immediately < psk.txt',
        does: 'Another key, on all replicas at once',
      },
    ],
  })
    .argument('<vpn>', 'its name or id')
    .option('--name <name>', 'another name');
  keyOptions(settingsOptions(command))
    .addOption(
      new Option('--strategy <strategy>', 'how it reaches the replicas')
        .choices([...strategies])
        .default('one-by-one'),
    )
    .addOption(
      new Option(
        '--check <address>',
        'what has to answer through each tunnel: 10.250.0.5, or 10.250.0.5:5432',
      ).argParser(parseCheckTarget),
    )
    .addOption(
      new Option('--limit <duration>', 'how long each replica gets')
        .argParser(durationSeconds)
        .default(60, '60s'),
    )
    .option('--no-wait', 'return at once')
    .action(
      action(context, async (invocation, nameOrId: string, options: Options) => {
        const { connect, out } = invocation;
        const { teamApi } = await connect();
        const key = await keyOfOptions(context, out, options);
        const before = await teamApi.get<Vpn>(apiPath`/vpns/${nameOrId}`);
        const after = { ...withOptions(before, options), name: options.name ?? before.name };
        if (key === null && sameSettings(before, after)) {
          throw usageError('Nothing to change.', 'Say what: culvert vpn edit --help lists the settings.');
        }
        const { strategy, check = null, limit } = options;
        const change = {
          ...after,
          ...(key ? { preSharedKey: key.key } : {}),
          rollout: { strategy, check, limitSeconds: limit },
        };
        const path = apiPath`/vpns/${before.id}`;
        const changed = await teamApi.patch<Vpn>(path, change, { ifMatch: before.revision });
        const rollout = options.wait ? await awaitRollout(invocation, teamApi, changed) : null;
        const generated = key?.generated ? { preSharedKey: key.key } : {};
        out.result({ ...changed, ...generated, ...(rollout ? { rollout } : {}) }, () => {
          const under = changed.rollout !== null && rollout === null ? ' Its replicas get it now.' : '';
          return `Changed ${changed.name}.${under}${keyLine(key)}`;
        });
      }),
    );
}

function sameSettings(before: Vpn, after: ReturnType<typeof withOptions>): boolean {
  const of = ({
    name,
    ike,
    esp,
    peerIp,
    peerId,
    peerSubnets,
    udpEncapsulation,
    dpdDelaySeconds,
  }: typeof after) =>
    JSON.stringify([name, ike, esp, peerIp, peerId, peerSubnets, udpEncapsulation, dpdDelaySeconds]);
  return of(before) === of(after);
}
