import type { Kysely, Selectable } from 'kysely';
import { may, type Actor } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import type { Database, PreviewTable, VpnTable } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { allow } from '../http/teamAccess.ts';
import type { Viewer } from '../session/viewer.ts';
import { connectWorkspace, disconnectWorkspace } from '../vpns/connection.ts';
import { addWorkspace } from '../workspaces/createWorkspace.ts';
import { distinctSlug, workspaceSlug } from './workspaceSlug.ts';

export type Wanted = {
  row: Selectable<PreviewTable>;
  vpn: Selectable<VpnTable>;
  viewer: Viewer;
  actor: Actor;
};

export type PreviewWorkspace = { id: string; team_id: string; name: string };

/**
 * The preview’s workspace, made where there is none, connected to the VPN, and to no other that the preview had before; and the
 * ids of the VPNs where that changed something. 403 where it isn’t the viewer’s to use, 409 where the VPN can’t be connected.
 */
export async function provideWorkspace(
  trx: Kysely<Database>,
  clock: Clock,
  { row, vpn, viewer, actor }: Wanted,
): Promise<{ workspace: PreviewWorkspace; changedVpnIds: string[] }> {
  const stored = await trx
    .selectFrom('workspace')
    .select(['id', 'team_id', 'name', 'owner_id'])
    .where('id', '=', row.workspace_id ?? '')
    .executeTakeFirst();
  if (stored) allow(may.connectWorkspace(actor, { ownerId: stored.owner_id }));
  const workspace = stored ?? (await makeWorkspace(trx, clock, { row, viewer, actor }));
  const change = { workspace, viewer, now: clock.now() };
  const before =
    row.vpn_id === null || row.vpn_id === vpn.id
      ? undefined
      : await trx.selectFrom('vpn').selectAll().where('id', '=', row.vpn_id).executeTakeFirst();
  const changedVpnIds: string[] = [];
  if (before && (await disconnectWorkspace(trx, { ...change, vpn: before }))) changedVpnIds.push(before.id);
  if (await connectWorkspace(trx, { ...change, vpn })) changedVpnIds.push(vpn.id);
  return { workspace, changedVpnIds };
}

async function makeWorkspace(
  trx: Kysely<Database>,
  clock: Clock,
  { row, viewer, actor }: Pick<Wanted, 'row' | 'viewer' | 'actor'>,
): Promise<PreviewWorkspace> {
  allow(may.createWorkspace(actor));
  const teamId = row.team_id;
  const name = await freeName(trx, teamId, workspaceSlug(row.repository_name, row.change));
  const id = await addWorkspace(trx, clock, {
    teamId,
    name,
    ownerId: viewer.userId,
    actor: actorOf(viewer),
  });
  return { id, team_id: teamId, name };
}

/** The name, or the same with a number at its end; from the tenth on with something random, so that nobody counts for long. */
async function freeName(trx: Kysely<Database>, teamId: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const distinction = number < 10 ? String(number) : crypto.randomUUID().slice(0, 8);
    const candidate = number === 1 ? name : distinctSlug(name, distinction);
    const namesake = await trx
      .selectFrom('workspace')
      .select('id')
      .where('team_id', '=', teamId)
      .where('name', '=', candidate)
      .executeTakeFirst();
    if (!namesake) return candidate;
  }
}
