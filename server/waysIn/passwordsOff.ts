import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { conflict } from '../http/problem.ts';

/**
 * The name of the provider by which somebody has to sign in, since a team of theirs has turned passwords off; null where their
 * password is good. A team's local admin may use theirs.
 */
export async function requiredProvider(db: Kysely<Database>, userId: string): Promise<string | null> {
  const row = await db
    .selectFrom('sign_in_provider')
    .innerJoin('member', 'member.team_id', 'sign_in_provider.team_id')
    .select('sign_in_provider.name')
    .where('member.user_id', '=', userId)
    .where('sign_in_provider.enabled', '=', 1)
    .where('sign_in_provider.password_sign_in', '=', 0)
    .where((eb) =>
      eb.or([
        eb('sign_in_provider.local_admin_id', 'is', null),
        eb('sign_in_provider.local_admin_id', '!=', userId),
      ]),
    )
    .orderBy('sign_in_provider.name')
    .limit(1)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** 409 for what would let somebody in with a password that isn’t good any more. */
export const passwordsAreOff = (provider: string) =>
  conflict('passwords_off', `Passwords are turned off in this team. Sign in with ${provider} instead.`);

/** How somebody new to the team gets an account: by which provider, and whether with a password. */
export async function waysToJoin(
  db: Kysely<Database>,
  teamId: string,
): Promise<{ provider: { id: string; name: string } | null; passwordSignIn: boolean }> {
  const row = await db
    .selectFrom('sign_in_provider')
    .select(['id', 'name', 'password_sign_in'])
    .where('team_id', '=', teamId)
    .where('enabled', '=', 1)
    .executeTakeFirst();
  if (!row) return { provider: null, passwordSignIn: true };
  return { provider: { id: row.id, name: row.name }, passwordSignIn: row.password_sign_in === 1 };
}
