import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Ref } from '../../contract/lists.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import { noTunnels, summarizeTunnels } from '../agents/tunnelSummaries.ts';
import { countReplicas, noReplicas } from '../db/replicaCounts.ts';
import type { Database } from '../db/schema.ts';
import { notFound } from '../http/problem.ts';
import { TeamParams } from '../http/teamAccess.ts';

export const WorkspaceParams = TeamParams.extend({
  workspace: z.string().meta({ description: 'The workspace’s id or its name.' }),
});

export const selectWorkspaces = (db: Kysely<Database>) =>
  db
    .selectFrom('workspace')
    .innerJoin('user as owner', 'owner.id', 'workspace.owner_id')
    .leftJoin('preview', 'preview.workspace_id', 'workspace.id')
    .selectAll('workspace')
    .select('owner.name as ownerName')
    .select([
      'preview.id as previewId',
      'preview.repository_name as previewRepository',
      'preview.change as previewChange',
      'preview.expires_at as previewExpiresAt',
    ]);

type WorkspaceRow = Awaited<ReturnType<ReturnType<typeof selectWorkspaces>['execute']>>[number];

/** Workspaces as they are shown: a fixed number of queries, however many rows. */
export async function viewWorkspaces(
  db: Kysely<Database>,
  rows: readonly WorkspaceRow[],
): Promise<Workspace[]> {
  const ids = rows.map((row) => row.id);
  const replicas = await countReplicas(db, ids);
  const tunnels = await summarizeTunnels(db, 'workspace', { ids });
  const vpns = await connectedVpns(db, ids);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    owner: { id: row.owner_id, name: row.ownerName },
    createdAt: row.created_at,
    revision: row.revision,
    replicas: replicas.get(row.id) ?? noReplicas,
    vpns: vpns.get(row.id) ?? [],
    tunnels: tunnels.get(row.id) ?? noTunnels,
    preview: previewOf(row),
  }));
}

/** The left join gives null in every column where it is no preview's. */
function previewOf(row: WorkspaceRow): Workspace['preview'] {
  const { previewId, previewRepository, previewChange, previewExpiresAt } = row;
  if (previewId === null || previewRepository === null) return null;
  if (previewChange === null || previewExpiresAt === null) return null;
  return {
    id: previewId,
    repository: previewRepository,
    change: previewChange,
    expiresAt: previewExpiresAt,
  };
}

async function connectedVpns(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Ref[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('vpn_workspace')
    .innerJoin('vpn', 'vpn.id', 'vpn_workspace.vpn_id')
    .select(['vpn_workspace.workspace_id as workspaceId', 'vpn.id', 'vpn.name'])
    .where('vpn_workspace.workspace_id', 'in', ids)
    .orderBy('vpn.name_key')
    .execute();
  const vpns = new Map<string, Ref[]>();
  for (const { workspaceId, id, name } of rows) {
    vpns.set(workspaceId, [...(vpns.get(workspaceId) ?? []), { id, name }]);
  }
  return vpns;
}

/** The team's workspace with this id as it is stored now; 404 when it was deleted meanwhile. */
export async function readWorkspace(db: Kysely<Database>, teamId: string, id: string): Promise<Workspace> {
  const rows = await selectWorkspaces(db)
    .where('workspace.team_id', '=', teamId)
    .where('workspace.id', '=', id)
    .execute();
  const [workspace] = await viewWorkspaces(db, rows);
  if (!workspace) throw notFound('workspace');
  return workspace;
}
