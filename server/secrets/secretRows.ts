import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Page, PageQuery } from '../../contract/lists.ts';
import type { Actor } from '../../contract/permissions.ts';
import { may } from '../../contract/permissions.ts';
import type { Secret } from '../../contract/secretsApi.ts';
import type { Database } from '../db/schema.ts';
import { contains } from '../db/search.ts';
import { notFound } from '../http/problem.ts';
import { after, decodeCursor, pageOf } from '../http/paging.ts';
import { TeamParams } from '../http/teamAccess.ts';

export const SecretParams = TeamParams.extend({
  secret: z.string().meta({ description: 'The secret’s id.' }),
});

/** The context a value is sealed with: sealed for one secret, it opens for no other. */
export const valueContext = (secretId: string) => `secret:${secretId}:value`;

/** What `secret.level_key` holds for a level; names are unique within it. */
export const levelKey = (level: Secret['level'], userId: string) => (level === 'team' ? 'team' : userId);

const withUpdater = (db: Kysely<Database>) =>
  db.selectFrom('secret').leftJoin('user as updater', 'updater.id', 'secret.updated_by');

/** Never with the value: what is listed can't hold what isn't read. */
const selectSecrets = (query: ReturnType<typeof withUpdater>) =>
  query.select([
    'secret.id',
    'secret.user_id',
    'secret.level_key',
    'secret.name',
    'secret.as_file',
    'secret.all_workspaces',
    'secret.in_previews',
    'secret.revision',
    'secret.created_at',
    'secret.updated_at',
    'updater.id as updaterId',
    'updater.name as updaterName',
  ]);

type SecretRow = Awaited<ReturnType<ReturnType<typeof selectSecrets>['execute']>>[number];

/** Secrets as they are shown, with the names of their workspaces: one query more, however many rows. */
async function viewSecrets(
  db: Kysely<Database>,
  rows: readonly SecretRow[],
): Promise<(row: SecretRow) => Secret> {
  const chosen = Map.groupBy(
    rows.length === 0
      ? []
      : await db
          .selectFrom('secret_workspace')
          .innerJoin('workspace', 'workspace.id', 'secret_workspace.workspace_id')
          .select(['secret_workspace.secret_id as secretId', 'workspace.id', 'workspace.name'])
          .where(
            'secret_workspace.secret_id',
            'in',
            rows.map((row) => row.id),
          )
          .orderBy('workspace.name')
          .execute(),
    (row) => row.secretId,
  );
  return (row) => ({
    id: row.id,
    level: row.user_id === null ? 'team' : 'member',
    name: row.name,
    delivery: row.as_file === 1 ? 'file' : 'environment',
    workspaces:
      row.all_workspaces === 1 ? null : (chosen.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
    previews: row.in_previews === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy:
      row.updaterId === null || row.updaterName === null
        ? null
        : { id: row.updaterId, name: row.updaterName },
    revision: row.revision,
  });
}

const order = [{ column: 'secret.name' }, { column: 'secret.id' }];

/** One page of a level's secrets, by name. */
export async function listSecrets(
  db: Kysely<Database>,
  teamId: string,
  level: string,
  query: PageQuery,
): Promise<Page<Secret>> {
  let matching = withUpdater(db).where('secret.team_id', '=', teamId).where('secret.level_key', '=', level);
  const { search } = query;
  if (search !== undefined) {
    matching = matching.where((eb) => contains(eb.fn<string>('lower', ['secret.name']), search));
  }
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const beyond =
    query.cursor === undefined
      ? matching
      : matching.where(after(order, decodeCursor(query.cursor, order.length)));
  const rows = await selectSecrets(beyond)
    .orderBy('secret.name')
    .orderBy('secret.id')
    .limit(query.limit + 1)
    .execute();
  const view = await viewSecrets(db, rows);
  return pageOf(rows, { limit: query.limit, total, key: (row) => [row.name, row.id], item: view });
}

/** A secret that this actor may change: their own, or with the right to, the team's. 404 for everything else, as there were none. */
export async function findSecret(
  db: Kysely<Database>,
  teamId: string,
  actor: Actor,
  id: string,
): Promise<Secret> {
  const row = await selectSecrets(
    withUpdater(db).where('secret.team_id', '=', teamId).where('secret.id', '=', id),
  ).executeTakeFirst();
  const theirs =
    row && (row.user_id === null ? may.manageSecrets(actor).allowed : row.user_id === actor.userId);
  if (!row || !theirs) throw notFound('secret');
  return (await viewSecrets(db, [row]))(row);
}
