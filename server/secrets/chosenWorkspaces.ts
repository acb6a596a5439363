import type { Kysely } from 'kysely';
import type { Actor } from '../../contract/permissions.ts';
import type { FieldProblem } from '../../contract/problems.ts';
import type { Secret } from '../../contract/secretsApi.ts';
import type { Database } from '../db/schema.ts';
import { refused } from '../http/problem.ts';

/**
 * The ids of the workspaces that a secret is to be for, named by id or name; null: all. Call it inside the transaction that writes.
 *
 * @throws 422 at `workspaces.<n>` for one that isn't there, and for a member's secret for one that isn't theirs: it would get nothing.
 *   What the secret is for already stays, whoever owns it by now.
 */
export async function requireWorkspaces(
  trx: Kysely<Database>,
  teamId: string,
  secret: { level: Secret['level']; before: readonly string[] },
  actor: Actor,
  named: readonly string[] | null,
): Promise<string[] | null> {
  if (named === null) return null;
  const problems: FieldProblem[] = [];
  const ids = new Set<string>();
  const rows =
    named.length === 0
      ? []
      : await trx
          .selectFrom('workspace')
          .select(['id', 'name', 'owner_id'])
          .where('team_id', '=', teamId)
          .where((eb) =>
            eb.or([
              eb('id', 'in', [...named]),
              eb(
                'name',
                'in',
                named.map((text) => text.toLowerCase()),
              ),
            ]),
          )
          .execute();
  for (const [index, text] of named.entries()) {
    const path = `workspaces.${index}`;
    const found = rows.find(({ id, name }) => id === text || name === text.toLowerCase());
    if (!found) {
      const message = 'There is no such workspace in the team.';
      problems.push({ path, code: 'workspace_unknown', message });
    } else if (
      secret.level === 'member' &&
      found.owner_id !== actor.userId &&
      !secret.before.includes(found.id)
    ) {
      const message = `The workspace ${found.name} isn’t yours: your secrets reach your own workspaces only.`;
      problems.push({ path, code: 'workspace_not_yours', message });
    } else ids.add(found.id);
  }
  if (problems.length > 0) throw refused(problems);
  return [...ids];
}

/** Writes which workspaces a secret is for; null: all, so that none is named. */
export async function storeWorkspaces(
  trx: Kysely<Database>,
  secretId: string,
  workspaceIds: readonly string[] | null,
): Promise<void> {
  await trx.deleteFrom('secret_workspace').where('secret_id', '=', secretId).execute();
  if (workspaceIds === null || workspaceIds.length === 0) return;
  await trx
    .insertInto('secret_workspace')
    .values(workspaceIds.map((workspaceId) => ({ secret_id: secretId, workspace_id: workspaceId })))
    .execute();
}
