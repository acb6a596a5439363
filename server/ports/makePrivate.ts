import type { Kysely, Selectable } from 'kysely';
import type { Ref } from '../../contract/lists.ts';
import type { PortNotice } from '../../contract/ports.ts';
import { bySystem } from '../activity/actor.ts';
import { recordActivities } from '../activity/record.ts';
import type { Database, PortTable } from '../db/schema.ts';
import { deedsOf, entryOf } from './portActivity.ts';

/** Rows of one statement, far below what either database takes. */
const ROWS = 500;

/** A port with what the activity says of it. */
export type SharedRow = Pick<Selectable<PortTable>, 'id' | 'number' | 'visibility'> & {
  teamId: string;
  workspace: Ref;
};

/** The shared ports of the rows that a condition picks: `selectShared(db).where(…)`, then `sharedRow` on each. */
export const selectShared = (db: Kysely<Database>) =>
  db
    .selectFrom('port')
    .innerJoin('workspace', 'workspace.id', 'port.workspace_id')
    .select(['port.id', 'port.number', 'port.visibility', 'workspace.team_id as teamId'])
    .select(['workspace.id as workspaceId', 'workspace.name as workspaceName'])
    .where('port.forwarded', '=', 1)
    .where('port.visibility', '!=', 'private');

export const sharedRow = (
  row: Awaited<ReturnType<ReturnType<typeof selectShared>['execute']>>[number],
): SharedRow => ({ ...row, workspace: { id: row.workspaceId, name: row.workspaceName } });

/**
 * Ends shares that nobody ended: each port is private from this transaction on, whoever was let in asks again, its owner
 * finds a notice, and the activity says why.
 */
export async function makePrivate(
  trx: Kysely<Database>,
  ports: readonly SharedRow[],
  { reason, now }: { reason: PortNotice['reason']; now: number },
): Promise<void> {
  for (const from of ['organization', 'public'] as const) {
    const ids = ports.filter(({ visibility }) => visibility === from).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += ROWS) {
      await trx
        .updateTable('port')
        .set((eb) => ({
          visibility: 'private',
          shared_by: null,
          shared_at: null,
          notice_from: from,
          notice_reason: reason,
          notice_at: new Date(now).toISOString(),
          access_epoch: eb('access_epoch', '+', 1),
          revision: eb('revision', '+', 1),
        }))
        .where('id', 'in', ids.slice(at, at + ROWS))
        .execute();
    }
  }
  await recordActivities(
    trx,
    ports.map(({ number, visibility, teamId, workspace }) =>
      entryOf(deedsOf(number, workspace.name).madePrivate(visibility, reason), {
        teamId,
        workspace,
        now,
        actor: bySystem,
      }),
    ),
  );
}
