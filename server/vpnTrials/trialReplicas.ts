import { sql, type Kysely } from 'kysely';
import type { Page } from '../../contract/lists.ts';
import type { TrialReplica, TrialReplicaQuery } from '../../contract/vpnTrials.ts';
import { IpsecCapability } from '../../contract/workspaces.ts';
import { readJson } from '../db/json.ts';
import { findVpn } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';

/** Those that can try first, of them those of connected workspaces; then those that can't, with the reason. */
const rank = sql<number>`case when replica.connection is null or replica.ipsec_supported = 0 then 2 else 0 end
  + case when vpn_workspace.vpn_id is null then 1 else 0 end`;

const order = [
  { column: rank },
  { column: 'workspace.name' },
  { column: 'replica.ordinal' },
  { column: 'replica.id' },
];

/** The team's replicas that match the search, in the order in which they are worth trying. */
export async function listTrialReplicas(
  db: Kysely<Database>,
  teamId: string,
  query: TrialReplicaQuery,
): Promise<Page<TrialReplica>> {
  const vpnId = query.vpn === undefined ? null : (await findVpn(db, teamId, query.vpn)).id;
  let matching = db
    .selectFrom('replica')
    .innerJoin('workspace', 'workspace.id', 'replica.workspace_id')
    .leftJoin('vpn_workspace', (join) =>
      join
        .onRef('vpn_workspace.workspace_id', '=', 'workspace.id')
        .on('vpn_workspace.vpn_id', '=', vpnId ?? ''),
    )
    .where('workspace.team_id', '=', teamId);
  const { search } = query;
  if (search !== undefined) matching = matching.where((eb) => contains(eb.ref('replica.name'), search));
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await beyond
    .select(['replica.id', 'replica.name', 'replica.ordinal', 'replica.connection', 'replica.ipsec'])
    .select([
      'replica.ipsec_supported as supported',
      'workspace.id as workspaceId',
      'workspace.name as workspaceName',
      'vpn_workspace.vpn_id as connectedVpnId',
      rank.as('rank'),
    ])
    .orderBy(rank)
    .orderBy('workspace.name')
    .orderBy('replica.ordinal')
    .orderBy('replica.id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, {
    limit: query.limit,
    total,
    key: (row) => [row.rank, row.workspaceName, row.ordinal, row.id],
    item: (row): TrialReplica => ({
      replica: { id: row.id, name: row.name },
      workspace: { id: row.workspaceId, name: row.workspaceName },
      connected: row.connectedVpnId !== null,
      blocked: obstacleOf(row),
    }),
  });
}

function obstacleOf(row: {
  connection: string | null;
  supported: 0 | 1;
  ipsec: string;
}): TrialReplica['blocked'] {
  if (row.connection === null) {
    return { code: 'offline', message: 'Not connected to the server. Start the agent on it.' };
  }
  if (row.supported === 1) return null;
  const { code, reason } = readJson(IpsecCapability, row.ipsec);
  return { code: code ?? 'unsupported', message: reason ?? 'It can’t do IPsec.' };
}
