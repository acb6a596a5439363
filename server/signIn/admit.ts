import type { Kysely } from 'kysely';
import type { SignInProblem } from '../../contract/signInProblems.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { liveTokens } from '../session/tokens.ts';
import { carryOut } from './carryOut.ts';
import { decide } from './decide.ts';
import type { Flow } from './flows.ts';
import { applyGroups } from './groupRole.ts';
import { isMember, whatIsKnown } from './known.ts';
import type { Person } from './personOf.ts';
import { noteProof } from './proof.ts';
import { storedList, type ProviderRow } from './providerRows.ts';

type AdmitDeps = Pick<Deps, 'clock' | 'log'>;
export type Admitted =
  | {
      userId: string;
      /** Whether the team's members, or how they sign in, are others than before. */
      announce: boolean;
      roleChanged: boolean;
    }
  | { problem: SignInProblem };

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
  const known = await whatIsKnown(trx, provider.team_id, person);
  const decision = decide(
    person,
    known,
    {
      link: flow.link_user_id === null ? null : { userId: flow.link_user_id, viewerId },
      invitation: flow.invitation_id === null ? null : (invitation ?? 'gone'),
    },
    storedList(provider.admitted_domains),
  );
  if (decision.act === 'refuse') return { problem: decision.problem };
  if (decision.act === 'link' && !(await isMember(trx, provider.team_id, decision.userId))) {
    return { problem: 'not_member' };
  }
  const userId = await carryOut(deps, trx, decision, coming, invitation);
  if (userId === null) return { problem: 'invitation_invalid' };
  const now = new Date(deps.clock.now()).toISOString();
  await writeIdentity(trx, userId, person, now);
  const linked = decision.act === 'adopt' || (decision.act === 'link' && known.account === null);
  if (linked) await recordLinked(deps, trx, provider, userId);
  const roleChanged = await applyGroups(deps, trx, provider, userId, person.groups);
  const proved = await noteProof(trx, provider, userId, now);
  return { userId, announce: decision.act !== 'enter' || roleChanged || proved, roleChanged };
}

const liveInvitation = ({ clock }: AdmitDeps, trx: Kysely<Database>, id: string) =>
  liveTokens(trx, clock, 'invitation').selectAll('token').where('token.id', '=', id).executeTakeFirst();

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

async function recordLinked(
  { clock }: AdmitDeps,
  trx: Kysely<Database>,
  provider: ProviderRow,
  userId: string,
): Promise<void> {
  const { name } = await trx
    .selectFrom('user')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await recordActivity(trx, {
    teamId: provider.team_id,
    now: clock.now(),
    actor: { kind: 'user', id: userId, name },
    action: 'member.linked',
    subject: { kind: 'member', id: userId, name },
    summary: `Linked ${provider.name} with their account.`,
  });
}
