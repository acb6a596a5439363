import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Page } from '../../contract/lists.ts';
import type { Preview, PreviewQuery } from '../../contract/previews.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import { tunnelsOfWorkspaces } from '../agents/listTunnels.ts';
import { lookUpVpn } from '../db/lookup.ts';
import { countReplicas, noReplicas } from '../db/replicaCounts.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, pageOf, type Order } from '../http/paging.ts';
import type { Viewer } from '../session/viewer.ts';
import { vpnsOf } from './trustedVpn.ts';

const previewsOf = (db: Kysely<Database>, teamId: string) =>
  db
    .selectFrom('preview')
    .leftJoin('workspace', 'workspace.id', 'preview.workspace_id')
    .leftJoin('vpn', 'vpn.id', 'preview.vpn_id')
    .where('preview.team_id', '=', teamId);

/** Those of the team that the viewer sees: people all, a pipeline those of its rule and repository, while they have a VPN of its rule. */
export function visiblePreviews(db: Kysely<Database>, teamId: string, viewer: Viewer) {
  const { via } = viewer;
  const ofTeam = previewsOf(db, teamId);
  if (via.kind !== 'pipeline') return ofTeam;
  const vpns = vpnsOf(viewer);
  return ofTeam
    .where('preview.source', '=', via.scope.issuer)
    .where('preview.trust_rule_id', '=', via.trustRuleId)
    .where('preview.repository_id', '=', via.scope.repository.id)
    .$if(vpns !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb('preview.workspace_id', 'is', null),
          eb('preview.vpn_id', 'is', null),
          eb('preview.vpn_id', 'in', [...(vpns ?? [])]),
        ]),
      ),
    );
}

const selectPreviews = (query: ReturnType<typeof previewsOf>) =>
  query
    .selectAll('preview')
    .select(['workspace.name as workspaceName', 'workspace.owner_id as ownerId', 'vpn.name as vpnName']);

export type PreviewRow = Awaited<ReturnType<ReturnType<typeof selectPreviews>['execute']>>[number];

/** The preview with this id that the viewer sees, as it is stored; 404 otherwise. */
export async function findPreview(
  db: Kysely<Database>,
  teamId: string,
  viewer: Viewer,
  id: string,
): Promise<PreviewRow> {
  const row = await selectPreviews(
    visiblePreviews(db, teamId, viewer).where('preview.id', '=', id),
  ).executeTakeFirst();
  if (!row) throw notFound('preview');
  return row;
}

export async function readPreview(
  db: Kysely<Database>,
  teamId: string,
  viewer: Viewer,
  id: string,
): Promise<Preview> {
  const row = await findPreview(db, teamId, viewer, id);
  return (await previewViewer(db, [row]))(row);
}

/** The same for whoever was let to it in another way. */
export async function readAnyPreview(db: Kysely<Database>, teamId: string, id: string): Promise<Preview> {
  const row = await selectPreviews(
    previewsOf(db, teamId).where('preview.id', '=', id),
  ).executeTakeFirstOrThrow();
  return (await previewViewer(db, [row]))(row);
}

const order: Order[] = [
  { column: 'preview.renewed_at', descending: true },
  { column: 'preview.id', descending: true },
];

const searched = sql<string>`lower(preview.repository_name || ' ' || preview.change || ' ' || coalesce(workspace.name, ''))`;

/** The previews that are here, last asked for first. 404 for a VPN that isn’t the team’s, or not the rule’s. */
export async function listPreviews(
  db: Kysely<Database>,
  teamId: string,
  viewer: Viewer,
  { vpn, search, cursor, limit }: z.infer<typeof PreviewQuery>,
): Promise<Page<Preview>> {
  let matching = visiblePreviews(db, teamId, viewer).where('preview.workspace_id', 'is not', null);
  if (vpn !== undefined) {
    const wanted = await lookUpVpn(db, teamId, vpn);
    const usable = vpnsOf(viewer);
    if (!wanted || (usable !== null && !usable.includes(wanted.id))) throw notFound('VPN');
    matching = matching.where('preview.vpn_id', '=', wanted.id);
  }
  if (search !== undefined) matching = matching.where(contains(searched, search));
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    cursor === undefined ? matching : matching.where(after(order, decodeCursor(cursor, order.length)));
  const rows = await selectPreviews(beyond)
    .orderBy('preview.renewed_at', 'desc')
    .orderBy('preview.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, {
    limit,
    total,
    key: (row) => [row.renewed_at, row.id],
    item: await previewViewer(db, rows),
  });
}

/** Previews as they are shown: a fixed number of queries, however many rows. */
async function previewViewer(
  db: Kysely<Database>,
  rows: readonly PreviewRow[],
): Promise<(row: PreviewRow) => Preview> {
  const ids = rows.flatMap(({ workspace_id }) => (workspace_id === null ? [] : [workspace_id]));
  const replicas = await countReplicas(db, ids);
  const tunnels = Map.groupBy(await tunnelsOfWorkspaces(db, ids), tunnelKeyOf);
  return (row) => ({
    id: row.id,
    repository: row.repository_name,
    change: row.change,
    state: row.workspace_id === null ? 'removed' : 'here',
    workspace: refOf(row.workspace_id, row.workspaceName),
    vpn: refOf(row.vpn_id, row.vpnName),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    removedAt: row.removed_at,
    removedReason: row.removed_reason,
    replicas: replicas.get(row.workspace_id ?? '') ?? noReplicas,
    tunnels: tunnels.get(tunnelKey(row.workspace_id, row.vpn_id)) ?? [],
  });
}

const tunnelKey = (workspaceId: string | null, vpnId: string | null): string => `${workspaceId}.${vpnId}`;
const tunnelKeyOf = ({ workspace, vpn }: Tunnel): string => tunnelKey(workspace.id, vpn.id);

const refOf = (id: string | null, name: string | null) =>
  id === null || name === null ? null : { id, name };
