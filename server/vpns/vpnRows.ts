import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Vpn } from '../../contract/vpns.ts';
import { noTunnels, summarizeTunnels } from '../agents/tunnelSummaries.ts';
import type { Database } from '../db/schema.ts';
import { summarizeRollouts } from '../db/rolloutSummaries.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import { notFound } from '../http/problem.ts';
import { TeamParams } from '../http/teamAccess.ts';

export const VpnParams = TeamParams.extend({
  vpn: z.string().meta({ description: 'The VPN’s id or its name.' }),
});

/** VPNs with the names of who made and changed them, and how many workspaces they are connected to. */
export const selectVpns = (db: Kysely<Database>) =>
  db
    .selectFrom('vpn')
    .leftJoin('user as creator', 'creator.id', 'vpn.created_by')
    .leftJoin('user as editor', 'editor.id', 'vpn.updated_by')
    .selectAll('vpn')
    .select((eb) => [
      'creator.name as creatorName',
      'editor.name as editorName',
      eb
        .selectFrom('vpn_workspace')
        .whereRef('vpn_workspace.vpn_id', '=', 'vpn.id')
        .select((count) => count.fn.countAll<number>().as('count'))
        .as('workspaces'),
    ]);

export type VpnRow = Awaited<ReturnType<ReturnType<typeof selectVpns>['execute']>>[number];

const ref = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name });

/** VPNs as they are shown, with their tunnels summed up: a fixed number of queries, however many rows. */
export async function viewVpns(db: Kysely<Database>, rows: readonly VpnRow[]): Promise<Vpn[]> {
  const ids = rows.map((row) => row.id);
  const summaries = await summarizeTunnels(db, 'vpn', { ids });
  const rollouts = await summarizeRollouts(db, ids);
  return rows.map((row) => {
    const tunnels = summaries.get(row.id) ?? noTunnels;
    return {
      id: row.id,
      ...settingsOfRow(row),
      revision: row.revision,
      createdAt: row.created_at,
      createdBy: ref(row.created_by, row.creatorName),
      updatedAt: row.updated_at,
      updatedBy: ref(row.updated_by, row.editorName),
      preSharedKeyChangedAt: row.psk_changed_at,
      workspaces: row.workspaces ?? 0,
      // Each replica of a connected workspace has one tunnel to this VPN.
      replicas: tunnels.wanted,
      tunnels,
      rollout: rollouts.get(row.id) ?? null,
    };
  });
}

/** The team's VPN with this id as it is stored now; 404 when it was deleted meanwhile. */
export async function readVpn(db: Kysely<Database>, teamId: string, id: string): Promise<Vpn> {
  const rows = await selectVpns(db).where('vpn.team_id', '=', teamId).where('vpn.id', '=', id).execute();
  const [vpn] = await viewVpns(db, rows);
  if (!vpn) throw notFound('VPN');
  return vpn;
}
