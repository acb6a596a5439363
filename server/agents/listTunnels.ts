import type { Kysely } from 'kysely';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import { deriveTunnel } from './tunnels.ts';
import { factsOfRow, selectFacts, type FactsRow } from './tunnelRows.ts';
import { wantedTunnels } from './wantedTunnels.ts';

/** Which tunnels: those of a VPN, or those of a workspace. */
export type TunnelScope = { vpnId: string } | { workspaceId: string };

const order: readonly Order[] = [
  { column: 'workspace.name' },
  { column: 'replica.ordinal' },
  { column: 'vpn.name_key' },
  { column: 'replica.id' },
  { column: 'vpn.id' },
];

/** A page of tunnels, by workspace, replica and VPN. `search` looks into the names of replicas and VPNs. */
export async function listTunnels(
  db: Kysely<Database>,
  scope: TunnelScope,
  query: PageQuery,
): Promise<Page<Tunnel>> {
  let matching = wantedTunnels(db);
  matching =
    'vpnId' in scope
      ? matching.where('vpn_workspace.vpn_id', '=', scope.vpnId)
      : matching.where('vpn_workspace.workspace_id', '=', scope.workspaceId);
  const { search } = query;
  if (search !== undefined) {
    matching = matching.where((eb) =>
      eb.or([contains(eb.ref('replica.name'), search), contains(eb.ref('vpn.name_key'), search)]),
    );
  }
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();

  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const found = await selectFacts(beyond)
    .orderBy('workspace.name')
    .orderBy('replica.ordinal')
    .orderBy('vpn.name_key')
    .orderBy('replica.id')
    .orderBy('vpn.id')
    .limit(query.limit + 1)
    .execute();

  const rows = await viewTunnels(db, found);
  return pageOf(rows, {
    limit: query.limit,
    total,
    key: ({ row }) => [row.workspaceName, row.ordinal, row.vpnNameKey, row.replicaId, row.vpnId],
    item: ({ tunnel }) => tunnel,
  });
}

/** All tunnels of these workspaces, by workspace, replica and VPN. */
export async function tunnelsOfWorkspaces(
  db: Kysely<Database>,
  workspaceIds: readonly string[],
): Promise<Tunnel[]> {
  if (workspaceIds.length === 0) return [];
  const found = await selectFacts(wantedTunnels(db).where('vpn_workspace.workspace_id', 'in', workspaceIds))
    .orderBy('workspace.name')
    .orderBy('replica.ordinal')
    .orderBy('vpn.name_key')
    .execute();
  return (await viewTunnels(db, found)).map(({ tunnel }) => tunnel);
}

async function viewTunnels(
  db: Kysely<Database>,
  found: readonly FactsRow[],
): Promise<{ row: FactsRow; tunnel: Tunnel }[]> {
  const vpnIds = [...new Set(found.map((row) => row.vpnId))];
  const vpns =
    vpnIds.length === 0 ? [] : await db.selectFrom('vpn').selectAll().where('id', 'in', vpnIds).execute();
  const byId = new Map(vpns.map((vpn) => [vpn.id, vpn]));
  // A VPN that was deleted between the two queries takes its tunnels with it.
  return found.flatMap((row) => {
    const vpn = byId.get(row.vpnId);
    return vpn ? [{ row, tunnel: deriveTunnel(factsOfRow(row, vpn)) }] : [];
  });
}
