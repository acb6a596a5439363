import type { Kysely } from 'kysely';
import type { OfferedProvider } from '../../contract/signInProviders.ts';
import type { Database } from '../db/schema.ts';

/** The providers that people can sign in by, by name; `teams` narrows it to theirs. */
export async function offeredProviders(
  db: Kysely<Database>,
  teams?: readonly string[],
): Promise<(OfferedProvider & { issuer: string })[]> {
  if (teams?.length === 0) return [];
  const rows = await db
    .selectFrom('sign_in_provider')
    .select(['id', 'name', 'issuer', 'password_sign_in'])
    .where('enabled', '=', 1)
    .$if(teams !== undefined, (query) => query.where('team_id', 'in', teams ?? []))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ password_sign_in, ...row }) => ({ ...row, passwordSignIn: password_sign_in === 1 }));
}

/** What everybody may see of it. */
export const asOffered = ({ id, name, passwordSignIn }: OfferedProvider): OfferedProvider => ({
  id,
  name,
  passwordSignIn,
});
