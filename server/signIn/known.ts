import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Known } from './decide.ts';
import type { Person } from './personOf.ts';

/** What is known of the person, and of who has their e-mail. */
export async function whatIsKnown(trx: Kysely<Database>, teamId: string, person: Person): Promise<Known> {
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

export async function isMember(trx: Kysely<Database>, teamId: string, userId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('member')
    .select('user_id')
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}
