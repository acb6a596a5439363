import type { Kysely } from 'kysely';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Clock, ServerSettings } from '../deps.ts';
import { issueLink, revokeResetLinksFor } from './links.ts';

/**
 * A link that resets the password of an account, for whoever runs the server: the way back in for a team’s only admin.
 * It stands in the activity of each of the person’s teams. Null where no account has the e-mail.
 */
export async function makeRecoveryLink(
  {
    db,
    clock,
    settings,
  }: { db: Kysely<Database>; clock: Clock; settings: Pick<ServerSettings, 'publicUrl'> },
  email: string,
): Promise<string | null> {
  return await db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('user')
      .select(['id', 'name'])
      .where('email', '=', email)
      .executeTakeFirst();
    if (!user) return null;
    await revokeResetLinksFor(trx, clock, user.id);
    const teams = await trx.selectFrom('member').select('team_id').where('user_id', '=', user.id).execute();
    for (const { team_id } of teams) {
      await recordActivity(trx, {
        teamId: team_id,
        now: clock.now(),
        actor: { kind: 'system', id: 'server', name: 'Whoever runs the server' },
        action: 'member.reset-link-created',
        subject: { kind: 'member', id: user.id, name: user.name },
        summary: `Made a link that resets the password of ${user.name}.`,
      });
    }
    return (await issueLink({ clock, settings }, trx, 'reset', { userId: user.id })).url;
  });
}
