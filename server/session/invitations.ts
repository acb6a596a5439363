import type { Kysely, Selectable } from 'kysely';
import type { InvitationOffer } from '../../contract/session.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database, TokenTable } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { conflict, notFound, refused } from '../http/problem.ts';
import { waysToJoin } from '../waysIn/passwordsOff.ts';
import { addMember, createUser, type NewAccount } from './account.ts';
import { revokeResetLinksFor, spendLink } from './links.ts';
import type { Viewer } from './viewer.ts';

type InvitationToken = Pick<
  Selectable<TokenTable>,
  'team_id' | 'role' | 'email' | 'created_by' | 'expires_at'
>;

/** What the invitation gives, and who sent it. */
export async function readOffer(db: Kysely<Database>, token: InvitationToken): Promise<InvitationOffer> {
  const { team, role } = await teamOf(db, token);
  const inviter =
    token.created_by === null
      ? undefined
      : await db.selectFrom('user').select('name').where('id', '=', token.created_by).executeTakeFirst();
  return {
    team: team.name,
    role,
    email: token.email,
    invitedBy: inviter?.name ?? null,
    expiresAt: token.expires_at ?? '',
    ...(await waysToJoin(db, team.id)),
  };
}

/** Who joins: a new account, or somebody who has one. */
export type Joining = { account: NewAccount } | { viewer: Pick<Viewer, 'userId' | 'name' | 'email'> };

/** Spends the invitation and makes the person a member, as `joinByInvitation` does. */
export async function acceptInvitation(
  deps: Pick<Deps, 'clock'>,
  trx: Kysely<Database>,
  text: string,
  joining: Joining,
): Promise<{ userId: string; teamId: string }> {
  return await joinByInvitation(deps, trx, await spendLink(deps, trx, 'invitation', text), joining);
}

/**
 * Makes the person a member by an invitation that was just spent. One made for an email is good for that one only. 409 for
 * somebody who is in the team already; then it isn’t spent, since the transaction rolls back.
 */
export async function joinByInvitation(
  deps: Pick<Deps, 'clock'>,
  trx: Kysely<Database>,
  token: InvitationToken,
  joining: Joining,
): Promise<{ userId: string; teamId: string }> {
  const now = deps.clock.now();
  const { team, role } = await teamOf(trx, token);
  const person = 'account' in joining ? joining.account : joining.viewer;
  if (token.email !== null && token.email !== person.email) throw madeForAnother(token.email, joining);

  const userId =
    'account' in joining
      ? await createUser(trx, joining.account, now, 'account.email')
      : joining.viewer.userId;
  const already = await trx
    .selectFrom('member')
    .select('role')
    .where('team_id', '=', team.id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (already) throw conflict('already_member', `You are a member of ${team.name} already.`);
  await addMember(trx, { teamId: team.id, userId, role, now });
  await revokeResetLinksFor(trx, deps.clock, userId);
  await recordActivity(trx, {
    teamId: team.id,
    now,
    actor: { kind: 'user', id: userId, name: person.name },
    action: 'member.joined',
    subject: { kind: 'member', id: userId, name: person.name },
    summary: `Joined the team as ${role === 'admin' ? 'an admin' : 'a member'}.`,
  });
  return { userId, teamId: team.id };
}

async function teamOf(db: Kysely<Database>, token: InvitationToken) {
  const team = await db
    .selectFrom('team')
    .select(['id', 'name'])
    .where('id', '=', token.team_id ?? '')
    .executeTakeFirst();
  if (!team || token.role === null) throw notFound('team');
  return { team, role: token.role };
}

function madeForAnother(email: string, joining: Joining) {
  const message = `This invitation was made for ${email}.`;
  return 'account' in joining
    ? refused([{ path: 'account.email', code: 'email_not_invited', message, suggestion: email }])
    : conflict('email_not_invited', `${message} Sign in with that email, or ask for another invitation.`);
}
