import type { Kysely } from 'kysely';
import type { Member, Role } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { conflict } from '../http/problem.ts';
import { endAccess } from '../ports/endAccess.ts';
import { revokeResetLinksFor } from '../session/links.ts';
import { endSessions } from '../session/sessions.ts';
import { revokeTokens } from '../session/tokens.ts';

/**
 * Makes changes of a team’s members wait for each other: the write locks the team’s row until the transaction ends, so
 * that two admins who remove each other at the same moment don’t leave the team without one.
 */
export async function lockMembers(trx: Kysely<Database>, teamId: string): Promise<void> {
  await trx
    .updateTable('team')
    .set((eb) => ({ revision: eb.ref('team.revision') }))
    .where('id', '=', teamId)
    .execute();
}

/** 409 where nobody could administer the team any more. `consequence` completes “…, so <name> can’t be …”. */
export async function keepAnAdmin(
  trx: Kysely<Database>,
  teamId: string,
  member: Member,
  consequence: string,
) {
  if (!(await isOnlyAdmin(trx, teamId, member))) return;
  throw conflict(
    'last_admin',
    `${member.name} is the only admin of the team and can’t be ${consequence}. Make somebody else an admin first.`,
  );
}

/** Whether the team would have no admin without this one. */
export async function isOnlyAdmin(
  trx: Kysely<Database>,
  teamId: string,
  member: Pick<Member, 'id' | 'role'>,
): Promise<boolean> {
  if (member.role !== 'admin') return false;
  const other = await trx
    .selectFrom('member')
    .select('user_id')
    .where('team_id', '=', teamId)
    .where('role', '=', 'admin')
    .where('user_id', '!=', member.id)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}

/** Gives the member another role. Their sessions end, so that none outlives the rights it was opened with. */
export async function setRole(
  trx: Kysely<Database>,
  clock: Clock,
  teamId: string,
  member: Member,
  role: Role,
) {
  await trx
    .updateTable('member')
    .set({ role })
    .where('team_id', '=', teamId)
    .where('user_id', '=', member.id)
    .execute();
  if (role === 'member') await revokeLinksMadeBy(trx, clock, teamId, member.id);
  await endSessions(trx, clock, member.id);
}

/**
 * Takes the member out of the team, with everything they hold there: API tokens, links they made, secrets of their
 * own, and what admits further replicas to workspaces. Their workspaces go on, owned by `heirId`. Returns the ids of those workspaces.
 */
export async function removeMember(
  trx: Kysely<Database>,
  clock: Clock,
  teamId: string,
  member: Member,
  heirId: string,
): Promise<string[]> {
  const now = new Date(clock.now()).toISOString();
  const workspaces = await trx
    .updateTable('workspace')
    .set((eb) => ({ owner_id: heirId, revision: eb('workspace.revision', '+', 1) }))
    .where('team_id', '=', teamId)
    .where('owner_id', '=', member.id)
    .returning('id')
    .execute();
  const workspaceIds = workspaces.map(({ id }) => id);
  // Who was let in by the owner that is no more asks again.
  await endAccess(trx, workspaceIds);

  await revokeTokens(trx, clock, 'api')
    .where('team_id', '=', teamId)
    .where('user_id', '=', member.id)
    .execute();
  await revokeLinksMadeBy(trx, clock, teamId, member.id);
  await revokeResetLinksFor(trx, clock, member.id);
  // Expired rather than revoked: replicas that joined stay, but whoever kept the join command can’t add another.
  await trx
    .updateTable('token')
    .set({ expires_at: now })
    .where('kind', '=', 'join')
    .where('team_id', '=', teamId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where((eb) =>
      eb.or([
        eb('created_by', '=', member.id),
        ...(workspaceIds.length > 0 ? [eb('workspace_id', 'in', workspaceIds)] : []),
      ]),
    )
    .execute();
  await trx.deleteFrom('secret').where('team_id', '=', teamId).where('user_id', '=', member.id).execute();
  await trx.deleteFrom('member').where('team_id', '=', teamId).where('user_id', '=', member.id).execute();
  const elsewhere = await trx
    .selectFrom('member')
    .select('team_id')
    .where('user_id', '=', member.id)
    .limit(1)
    .executeTakeFirst();
  if (!elsewhere) await endSessions(trx, clock, member.id);
  return workspaceIds;
}

/** The admin who takes over when somebody leaves by themselves: the one who has been in the team longest. */
export async function longestAdmin(trx: Kysely<Database>, teamId: string, exceptId: string): Promise<string> {
  const row = await trx
    .selectFrom('member')
    .select('user_id')
    .where('team_id', '=', teamId)
    .where('role', '=', 'admin')
    .where('user_id', '!=', exceptId)
    .orderBy('joined_at')
    .orderBy('user_id')
    .executeTakeFirstOrThrow();
  return row.user_id;
}

/**
 * Invitations, reset links and links to gateway configurations that an admin made: somebody who is no admin any more must
 * not use them either. Reset links of all teams: with a password comes every team of its owner, this one too.
 */
async function revokeLinksMadeBy(trx: Kysely<Database>, clock: Clock, teamId: string, userId: string) {
  await revokeTokens(trx, clock, 'invitation', 'gateway')
    .where('team_id', '=', teamId)
    .where('created_by', '=', userId)
    .execute();
  await revokeTokens(trx, clock, 'reset').where('created_by', '=', userId).execute();
}
