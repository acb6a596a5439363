import type { Kysely, Selectable } from 'kysely';
import { recordActivity } from '../activity/record.ts';
import type { Database, TokenTable } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { addMember, createUser, NO_PASSWORD } from '../session/account.ts';
import { joinByInvitation } from '../session/invitations.ts';
import { spendToken } from '../session/tokens.ts';
import type { Decision } from './decide.ts';
import { isMember } from './known.ts';
import type { Person } from './personOf.ts';
import type { ProviderRow } from './providerRows.ts';

type Invitation = Selectable<TokenTable>;

/** Makes the account and the membership that were decided. Returns whose account it is; null where somebody else was faster with the invitation. */
export async function carryOut(
  deps: Pick<Deps, 'clock'>,
  trx: Kysely<Database>,
  decision: Exclude<Decision, { act: 'refuse' }>,
  { person, provider }: { person: Person; provider: ProviderRow },
  invitation: Invitation | undefined,
): Promise<string | null> {
  if (decision.act === 'enter' || decision.act === 'link') return decision.userId;
  if (decision.act === 'create' && decision.by === 'domain') {
    return await joinByDomain(deps, trx, provider, { name: person.name, email: decision.email });
  }
  if (!invitation || !(await spendToken(trx, deps.clock, invitation.id))) return null;
  if (decision.act === 'adopt' && (await isMember(trx, provider.team_id, decision.userId))) {
    return decision.userId;
  }
  const joining =
    decision.act !== 'create'
      ? { viewer: await accountOf(trx, decision.userId) }
      : { account: { name: person.name, email: decision.email, passwordHash: NO_PASSWORD } };
  return (await joinByInvitation(deps, trx, invitation, joining)).userId;
}

async function accountOf(trx: Kysely<Database>, userId: string) {
  const { id, ...account } = await trx
    .selectFrom('user')
    .select(['id', 'name', 'email'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  return { userId: id, ...account };
}

async function joinByDomain(
  { clock }: Pick<Deps, 'clock'>,
  trx: Kysely<Database>,
  provider: ProviderRow,
  { name, email }: { name: string; email: string },
): Promise<string> {
  const now = clock.now();
  const userId = await createUser(trx, { name, email, passwordHash: NO_PASSWORD }, now, 'email');
  await addMember(trx, { teamId: provider.team_id, userId, role: provider.role, now });
  await recordActivity(trx, {
    teamId: provider.team_id,
    now,
    actor: { kind: 'user', id: userId, name },
    action: 'member.joined',
    subject: { kind: 'member', id: userId, name },
    summary: `Joined the team as ${provider.role === 'admin' ? 'an admin' : 'a member'} by ${provider.name}.`,
  });
  return userId;
}
