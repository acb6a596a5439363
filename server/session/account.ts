import type { Kysely } from 'kysely';
import type { Role } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { conflict } from '../http/problem.ts';
import { newId } from '../ids.ts';

export type NewAccount = { name: string; email: string; passwordHash: string };

/** In place of a hash where an account has no password: no password fits it. */
export const NO_PASSWORD = 'none';

/** argon2id over the NFKC form (NIST SP 800-63B, 3.1.1.2): the same password typed on another keyboard is the same. */
export const hashPassword = ({ passwords }: Pick<Deps, 'passwords'>, password: string): Promise<string> =>
  passwords.hash(password.normalize('NFKC'));

/** Lower case, for searching people by name or e-mail. */
export const userSearch = (user: { name: string; email: string }) =>
  `${user.name} ${user.email}`.toLowerCase();

/** Makes the user and returns their id; 409 naming `emailPath` where the e-mail has an account already. */
export async function createUser(
  trx: Kysely<Database>,
  account: NewAccount,
  now: number,
  emailPath: string,
): Promise<string> {
  const id = newId('user');
  const result = await trx
    .insertInto('user')
    .values({
      id,
      email: account.email,
      name: account.name,
      search: userSearch(account),
      password_hash: account.passwordHash,
      created_at: new Date(now).toISOString(),
      last_seen_at: null,
    })
    .onConflict((on) => on.column('email').doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows === 0n) {
    const message = 'There is an account with this email already. Sign in, then open the link again.';
    throw conflict('email_taken', message, [{ path: emailPath, code: 'email_taken', message }]);
  }
  return id;
}

export async function createTeam(trx: Kysely<Database>, name: string, now: number): Promise<string> {
  const id = newId('team');
  await trx
    .insertInto('team')
    .values({ id, name, created_at: new Date(now).toISOString() })
    .execute();
  return id;
}

export async function addMember(
  trx: Kysely<Database>,
  membership: { teamId: string; userId: string; role: Role; now: number },
): Promise<void> {
  await trx
    .insertInto('member')
    .values({
      team_id: membership.teamId,
      user_id: membership.userId,
      role: membership.role,
      joined_at: new Date(membership.now).toISOString(),
    })
    .execute();
}
