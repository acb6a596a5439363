import type { Kysely, Selectable } from 'kysely';
import { coversEverything } from '../../contract/fullTunnel.ts';
import { findOverlap, parseSubnet } from '../../contract/subnets.ts';
import { WORKSPACE_VPNS_MAX } from '../../contract/workspaces.ts';
import { readTexts } from './json.ts';
import type { Database, VpnTable } from './schema.ts';
import { pskContext } from './vpnRow.ts';
import type { SecretBox } from '../deps.ts';
import { withClaimedSubnets } from './underWay.ts';

/** What stands in the way of connecting a VPN to a workspace, by workspace id; those that can be connected are left out. */
export type Obstacles = Map<string, { code: string; message: string }>;

type Vpn = Selectable<VpnTable>;
type Neighbour = Pick<Vpn, 'id' | 'name' | 'ike_version' | 'peer_ip' | 'peer_subnets' | 'psk_sealed'> & {
  workspaceId: string;
};

/** The other VPNs that these workspaces are connected to, with all subnets that they have a claim on. */
export async function neighbours(
  db: Kysely<Database>,
  vpnId: string,
  workspaceIds: readonly string[],
): Promise<Neighbour[]> {
  if (workspaceIds.length === 0) return [];
  const found = await db
    .selectFrom('vpn_workspace')
    .innerJoin('vpn', 'vpn.id', 'vpn_workspace.vpn_id')
    .select([
      'vpn.id',
      'vpn.name',
      'vpn.ike_version',
      'vpn.peer_ip',
      'vpn.peer_subnets',
      'vpn.psk_sealed',
      'vpn_workspace.workspace_id as workspaceId',
    ])
    .where('vpn_workspace.workspace_id', 'in', workspaceIds)
    .where('vpn.id', '!=', vpnId)
    .orderBy('vpn.name_key')
    .execute();
  return await withClaimedSubnets(db, found);
}

/** Why these workspaces can't have the VPN beside those that they have. */
export const obstaclesOf = (vpn: Vpn, others: readonly Neighbour[]): Obstacles =>
  new Map([
    ...fullTunnelObstacles(readTexts(vpn.peer_subnets), others),
    ...overlapObstacles(vpn, others),
    ...numberObstacles(others),
  ]);

function numberObstacles(others: readonly Neighbour[]): Obstacles {
  const message = `It is connected to ${WORKSPACE_VPNS_MAX} VPNs, and a workspace can’t have more. Disconnect one first.`;
  const full = [...Map.groupBy(others, (other) => other.workspaceId)].filter(
    ([, vpns]) => vpns.length >= WORKSPACE_VPNS_MAX,
  );
  return new Map(full.map(([workspaceId]) => [workspaceId, { code: 'too_many_vpns', message }]));
}

const takeEverything = (subnets: readonly string[]) =>
  coversEverything(subnets.map(parseSubnet).flatMap((parsed) => (parsed.ok ? [parsed.value] : [])));

/** No VPN may take all traffic, and neither may several together: a workspace would lose this server, too. */
export function fullTunnelObstacles(
  subnets: readonly string[],
  others: readonly Pick<Neighbour, 'workspaceId' | 'peer_subnets'>[],
): Obstacles {
  const obstacles: Obstacles = new Map();
  const known = [...new Set(others.map((other) => other.peer_subnets))].flatMap(readTexts);
  // Hardly ever, and then it is worth looking at each workspace.
  if (takeEverything([...subnets, ...known]) === undefined) return obstacles;
  for (const [workspaceId, mine] of Map.groupBy(others, (other) => other.workspaceId)) {
    const version = takeEverything([...subnets, ...mine.flatMap((other) => readTexts(other.peer_subnets))]);
    if (version === undefined) continue;
    const message = `Together with the VPNs it is connected to already, it would lose all other IPv${version} traffic. Disconnect one of them first.`;
    obstacles.set(workspaceId, { code: 'full_tunnel', message });
  }
  return obstacles;
}

/** A workspace has several VPNs as long as their subnets don't overlap: else one address would lie behind two gateways. */
function overlapObstacles(vpn: Vpn, others: readonly Neighbour[]): Obstacles {
  const mine = readTexts(vpn.peer_subnets);
  const overlaps = new Map<string, ReturnType<typeof findOverlap>>();
  const obstacles: Obstacles = new Map();
  for (const other of others) {
    if (obstacles.has(other.workspaceId)) continue;
    if (!overlaps.has(other.id)) overlaps.set(other.id, findOverlap(mine, readTexts(other.peer_subnets)));
    const overlap = overlaps.get(other.id);
    if (!overlap) continue;
    obstacles.set(other.workspaceId, {
      code: 'overlaps_vpn',
      message: `It is connected to the VPN ${other.name}, whose subnet ${overlap.b} overlaps with ${overlap.a}. Disconnect that one first.`,
    });
  }
  return obstacles;
}

/**
 * In IKEv1 a gateway picks the key by the address alone, before it knows who asks: two VPNs to one gateway with different
 * keys can't both work. Only a warning, because the gateway may be set up for one of them at a time.
 */
export async function sharedGatewayWarnings(
  secretBox: SecretBox,
  vpn: Vpn,
  others: readonly Neighbour[],
): Promise<Map<string, string>> {
  const warnings = new Map<string, string>();
  if (vpn.ike_version !== 1) return warnings;
  const rivals = others.filter((other) => other.ike_version === 1 && other.peer_ip === vpn.peer_ip);
  if (rivals.length === 0) return warnings;
  const key = await secretBox.open(vpn.psk_sealed, pskContext(vpn.id));
  const differs = new Map<string, boolean>();
  for (const rival of rivals) {
    if (!differs.has(rival.id)) {
      differs.set(rival.id, (await secretBox.open(rival.psk_sealed, pskContext(rival.id))) !== key);
    }
    if (!differs.get(rival.id)) continue;
    warnings.set(
      rival.workspaceId,
      `It is connected to the VPN ${rival.name} to the same gateway with another pre-shared key. In IKEv1 a gateway has one key for everybody, so only one of the two will work.`,
    );
  }
  return warnings;
}
