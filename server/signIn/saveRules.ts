import type { Kysely } from 'kysely';
import type { FieldProblem } from '../../contract/problems.ts';
import type { SignInProviderSave } from '../../contract/signInProviders.ts';
import type { Database } from '../db/schema.ts';
import { NO_PASSWORD } from '../session/account.ts';
import { isSameClient } from './proof.ts';
import type { ProviderRow } from './providerRows.ts';

/** What is wrong with settings beyond the form of each field. Empty: they can be saved. */
export async function saveProblems(
  trx: Kysely<Database>,
  teamId: string,
  save: SignInProviderSave,
  stored: ProviderRow | undefined,
): Promise<FieldProblem[]> {
  return [
    ...secretProblems(save, stored),
    ...groupProblems(save),
    ...(save.passwordSignIn ? [] : lockOutProblems(save, stored)),
    ...(save.localAdmin === null ? [] : await localAdminProblems(trx, teamId, save.localAdmin)),
  ];
}

const problem = (path: string, code: string, message: string): FieldProblem => ({ path, code, message });

/** A secret is the issuer's that it was made at: another one must not be sent it. */
export function secretProblems(
  save: Pick<SignInProviderSave, 'clientSecret' | 'issuer'>,
  stored: ProviderRow | undefined,
): FieldProblem[] {
  if (save.clientSecret !== undefined) return [];
  if (!stored) return [problem('clientSecret', 'required', 'Enter the client secret.')];
  if (stored.issuer === save.issuer) return [];
  const message = 'Enter the client secret of the new issuer. The stored one is of another issuer.';
  return [problem('clientSecret', 'secret_of_another_issuer', message)];
}

function groupProblems({ groupsClaim, adminGroups }: SignInProviderSave): FieldProblem[] {
  if (groupsClaim !== null && adminGroups.length === 0) {
    const message = 'Name the groups whose people are admins. Without one, nobody would be.';
    return [problem('adminGroups', 'admin_groups_missing', message)];
  }
  if (groupsClaim === null && adminGroups.length > 0) {
    const message = 'Name the claim that the provider lists groups in, such as groups.';
    return [problem('groupsClaim', 'groups_claim_missing', message)];
  }
  return [];
}

/** Nobody turns the only way in off before another one has been seen to work, exactly as it is going to be. */
function lockOutProblems(save: SignInProviderSave, stored: ProviderRow | undefined): FieldProblem[] {
  const path = 'passwordSignIn';
  if (!save.enabled) {
    return [
      problem(path, 'provider_off', 'Passwords can only be off while signing in by the provider is on.'),
    ];
  }
  if (save.localAdmin === null) {
    const message =
      'Choose an admin who can sign in by password all the same, as a way in when the provider fails.';
    return [problem('localAdmin', 'local_admin_missing', message)];
  }
  if (stored && !isSameClient(stored, save)) {
    const message =
      'Nobody has signed in with this issuer, client id and secret yet. Save them with passwords on, and sign in by them once: ' +
      'that shows that they work.';
    return [problem(path, 'client_unproven', message)];
  }
  if (!stored?.admin_signed_in_at) {
    const message = `No admin has signed in by ${save.name} as it is set up now. Sign in by it, or link it on your account page: that shows that it works.`;
    return [problem(path, 'provider_unproven', message)];
  }
  return [];
}

async function localAdminProblems(
  trx: Kysely<Database>,
  teamId: string,
  userId: string,
): Promise<FieldProblem[]> {
  const admin = await trx
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select(['user.name', 'user.password_hash', 'member.role'])
    .where('member.team_id', '=', teamId)
    .where('user.id', '=', userId)
    .executeTakeFirst();
  if (admin?.role !== 'admin') return [problem('localAdmin', 'not_an_admin', 'Choose an admin of the team.')];
  if (admin.password_hash !== NO_PASSWORD) return [];
  const message = `${admin.name} has no password. Choose another admin, or make ${admin.name} a password link on the Members page.`;
  return [problem('localAdmin', 'no_password', message)];
}
