import type { Kysely } from 'kysely';
import { recordActivity } from '../activity/record.ts';
import type { SignInProblem } from '../../contract/signInProblems.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { addMember, createUser, NO_PASSWORD } from '../session/account.ts';
import { joinByInvitation } from '../session/invitations.ts';
import { liveTokens, spendToken } from '../session/tokens.ts';
import { decide, type Decision, type Known } from './decide.ts';
import type { Flow } from './flows.ts';
import { applyGroups } from './groupRole.ts';
import type { Person } from './personOf.ts';
import { storedList, type ProviderRow } from './providerRows.ts';

type AdmitDeps = Pick<Deps, 'clock' | 'log'>;
export type Admitted = { userId: string; joined: boolean; roleChanged: boolean } | { problem: SignInProblem };

/**
 * Lets the person in, or says why not: makes the account or the membership where that is what was decided, writes the identity
 * down, and gives the role of the groups. `viewerId`: who is signed in with this browser.
 */
export async function admit(
  deps: AdmitDeps,
  trx: Kysely<Database>,
  coming: { person: Person; provider: ProviderRow; flow: Flow; viewerId: string | null },
): Promise<Admitted> {
  const { person, provider, flow, viewerId } = coming;
  const invitation =
    flow.invitation_id === null ? undefined : await liveInvitation(deps, trx, flow.invitation_id);
  const decision = decide(
    person,
    await whatIsKnown(trx, provider.team_id, person),
    {
      link: flow.link_user_id === null ? null : { userId: flow.link_user_id, viewerId },
      invitation: flow.invitation_id === null ? null : (invitation ?? 'gone'),
    },
    storedList(provider.admitted_domains),
  );
  if (decision.act === 'refuse') return { problem: decision.problem };
  const userId = await carryOut(deps, trx, decision, coming, invitation);
  if (userId === null) return { problem: 'invitation_invalid' };
  await writeIdentity(trx, userId, person, new Date(deps.clock.now()).toISOString());
  const roleChanged = await applyGroups(deps, trx, provider, userId, person.groups);
  return { userId, joined: decision.act !== 'enter' && decision.act !== 'link', roleChanged };
}

const liveInvitation = ({ clock }: AdmitDeps, trx: Kysely<Database>, id: string) =>
  liveTokens(trx, clock, 'invitation').selectAll('token').where('token.id', '=', id).executeTakeFirst();
type Invitation = NonNullable<Awaited<ReturnType<typeof liveInvitation>>>;

async function whatIsKnown(trx: Kysely<Database>, teamId: string, person: Person): Promise<Known> {
  const account = await trx
    .selectFrom('user_identity')
    .innerJoin('user', 'user.id', 'user_identity.user_id')
    .leftJoin('member', (join) =>
      join.onRef('member.user_id', '=', 'user.id').on('member.team_id', '=', teamId),
    )
    .select(['user.id', 'user.email', 'member.role'])
    .where('user_identity.issuer', '=', person.issuer)
    .where('user_identity.subject', '=', person.subject)
    .executeTakeFirst();
  const namesake = await trx
    .selectFrom('user')
    .select((eb) => [
      'user.id',
      eb
        .selectFrom('member')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('member.user_id', '=', 'user.id')
        .where('member.team_id', '!=', teamId)
        .as('elsewhere'),
    ])
    .where('email', '=', person.email ?? '')
    .executeTakeFirst();
  return {
    account: account ? { userId: account.id, email: account.email, isMember: account.role !== null } : null,
    namesake: namesake ? { userId: namesake.id, onlyHere: (namesake.elsewhere ?? 0) === 0 } : null,
  };
}

/** Returns whose account it is; null where somebody else was faster with the invitation. */
async function carryOut(
  deps: AdmitDeps,
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
    await recordLinked(deps, trx, provider, decision.userId);
    return decision.userId;
  }
  const joining =
    decision.act !== 'create'
      ? { viewer: await accountOf(trx, decision.userId) }
      : { account: { name: person.name, email: decision.email, passwordHash: NO_PASSWORD } };
  return (await joinByInvitation(deps, trx, invitation, joining)).userId;
}

async function isMember(trx: Kysely<Database>, teamId: string, userId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('member')
    .select('user_id')
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

async function recordLinked(
  { clock }: AdmitDeps,
  trx: Kysely<Database>,
  provider: ProviderRow,
  userId: string,
): Promise<void> {
  const { name } = await accountOf(trx, userId);
  await recordActivity(trx, {
    teamId: provider.team_id,
    now: clock.now(),
    actor: { kind: 'user', id: userId, name },
    action: 'member.linked',
    subject: { kind: 'member', id: userId, name },
    summary: `Linked ${provider.name} with their account, by an invitation.`,
  });
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
  { clock }: AdmitDeps,
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

/** `email` is what the provider says now; the account’s own stays. */
async function writeIdentity(
  trx: Kysely<Database>,
  userId: string,
  { issuer, subject, email }: Person,
  now: string,
): Promise<void> {
  await trx
    .insertInto('user_identity')
    .values({
      id: newId('idn'),
      issuer,
      subject,
      user_id: userId,
      email,
      created_at: now,
      last_sign_in_at: now,
    })
    .onConflict((on) => on.columns(['issuer', 'subject']).doUpdateSet({ email, last_sign_in_at: now }))
    .execute();
}
