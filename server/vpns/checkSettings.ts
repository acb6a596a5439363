import type { Kysely } from 'kysely';
import type { FieldProblem } from '../../contract/problems.ts';
import { findOverlap } from '../../contract/subnets.ts';
import { checkVpn, type VpnSettings } from '../../contract/vpns.ts';
import { fullTunnelObstacles } from '../db/connectable.ts';
import { readTexts } from '../db/json.ts';
import { withClaimedSubnets } from '../db/underWay.ts';
import type { Database } from '../db/schema.ts';
import { refused } from '../http/problem.ts';

/** The rules that both sides apply: 422 with every refused field, or the settings as they are stored. */
export function requireValid(
  settings: VpnSettings & { preSharedKey?: string | undefined },
  context: { allowPrivatePeers: boolean },
): VpnSettings {
  const { refusals, canonical } = checkVpn(settings, context);
  if (refusals.length > 0) {
    throw refused(
      refusals.map(({ path, code, message, suggestion }) => ({
        path,
        code,
        message,
        // That of a key is the key without what is wrong with it: the form makes its own, and no answer holds a key.
        ...(suggestion === undefined || path === 'preSharedKey' ? {} : { suggestion }),
      })),
    );
  }
  return canonical;
}

/**
 * The rules that need the team's other VPNs: the name is free, and beside the VPNs that share a workspace with this one,
 * no subnet overlaps and all of them together don't take all traffic. Call it inside the transaction that writes.
 *
 * @param vpnId the VPN that is changed; null for a new one
 */
export async function requireFitting(
  trx: Kysely<Database>,
  teamId: string,
  vpnId: string | null,
  settings: VpnSettings,
): Promise<void> {
  const problems: FieldProblem[] = [];
  let namesake = trx
    .selectFrom('vpn')
    .select('name')
    .where('team_id', '=', teamId)
    .where('name_key', '=', settings.name.toLowerCase());
  if (vpnId !== null) namesake = namesake.where('id', '!=', vpnId);
  const taken = await namesake.executeTakeFirst();
  if (taken) {
    problems.push({
      path: 'name',
      code: 'name_taken',
      message: `The team has a VPN named ${taken.name} already. Choose another name.`,
    });
  }
  if (vpnId !== null) {
    problems.push(...(await overlapsWithNeighbours(trx, vpnId, settings.peerSubnets)));
    problems.push(...(await everythingWithNeighbours(trx, vpnId, settings.peerSubnets)));
  }
  if (problems.length > 0) throw refused(problems);
}

async function overlapsWithNeighbours(
  trx: Kysely<Database>,
  vpnId: string,
  peerSubnets: readonly string[],
): Promise<FieldProblem[]> {
  const found = await trx
    .selectFrom('vpn_workspace as mine')
    .innerJoin('vpn_workspace as theirs', 'theirs.workspace_id', 'mine.workspace_id')
    .innerJoin('vpn', 'vpn.id', 'theirs.vpn_id')
    .innerJoin('workspace', 'workspace.id', 'mine.workspace_id')
    .select((eb) => [
      'vpn.id',
      'vpn.name',
      'vpn.peer_subnets',
      eb.fn.min('workspace.name').as('workspace'),
      eb.fn.countAll<number>().as('workspaces'),
    ])
    .where('mine.vpn_id', '=', vpnId)
    .where('theirs.vpn_id', '!=', vpnId)
    .groupBy(['vpn.id', 'vpn.name', 'vpn.peer_subnets'])
    .orderBy('vpn.name')
    .execute();
  const neighbours = await withClaimedSubnets(trx, found);
  return neighbours.flatMap((neighbour) => {
    const overlap = findOverlap(peerSubnets, readTexts(neighbour.peer_subnets));
    if (!overlap) return [];
    const others = neighbour.workspaces - 1;
    const where = others === 0 ? neighbour.workspace : `${neighbour.workspace} and ${others} more`;
    return [
      {
        path: `peerSubnets.${peerSubnets.indexOf(overlap.a)}`,
        code: 'overlaps_vpn',
        message: `${overlap.a} overlaps with ${overlap.b} of the VPN ${neighbour.name}, which is connected to the same workspace (${where}). Disconnect one of the two first.`,
      },
    ];
  });
}

async function everythingWithNeighbours(
  trx: Kysely<Database>,
  vpnId: string,
  peerSubnets: readonly string[],
): Promise<FieldProblem[]> {
  const others = await trx
    .selectFrom('vpn_workspace as mine')
    .innerJoin('vpn_workspace as theirs', 'theirs.workspace_id', 'mine.workspace_id')
    .innerJoin('vpn', 'vpn.id', 'theirs.vpn_id')
    .select(['vpn.id', 'mine.workspace_id as workspaceId', 'vpn.peer_subnets'])
    .where('mine.vpn_id', '=', vpnId)
    .where('theirs.vpn_id', '!=', vpnId)
    .execute();
  const claiming = await withClaimedSubnets(trx, others);
  const [workspaceId] = fullTunnelObstacles(peerSubnets, claiming).keys();
  if (workspaceId === undefined) return [];
  const workspace = await trx
    .selectFrom('workspace')
    .select('name')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const message = `Together with its other VPNs, these subnets would take all traffic of the workspace ${workspace.name}. Disconnect one of them first, or list less.`;
  return [{ path: 'peerSubnets', code: 'full_tunnel', message }];
}
