import type { DeviceDecision } from '../../contract/deviceCodes.ts';
import type { Deps } from '../deps.ts';
import { refused } from '../http/problem.ts';
import { noSuchCode, waitingCodes } from './waitingCode.ts';

/** What was allowed has to be fetched within this time. A machine that still waits asks every few seconds. */
const FETCH_MS = 30_000;

/**
 * Keeps what a person decided about a waiting code: the token is made when the program asks for it next, so that its text is
 * nowhere until then. Allowed, the code ends soon, and with the session that allowed it. 404 where somebody else was faster, 422 for a team that they aren’t in.
 */
export async function decide(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  code: { id: string; expires_at: string },
  { userId, sessionId }: { userId: string; sessionId: string },
  decision: DeviceDecision,
): Promise<void> {
  const now = clock.now();
  const fetchedBy = new Date(Math.min(now + FETCH_MS, Date.parse(code.expires_at))).toISOString();
  await db.transaction().execute(async (trx) => {
    if (decision.decision === 'allow') {
      const member = await trx
        .selectFrom('member')
        .select('team_id')
        .where('team_id', '=', decision.team)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      const message = 'Choose one of your teams.';
      if (!member) throw refused([{ path: 'team', code: 'not_found', message }]);
    }
    const { numUpdatedRows } = await trx
      .updateTable('device_code')
      .set(
        decision.decision === 'allow'
          ? {
              state: 'allowed',
              team_id: decision.team,
              user_id: userId,
              session_id: sessionId,
              expires_at: fetchedBy,
            }
          : { state: 'denied', user_id: userId },
      )
      .where('id', 'in', waitingCodes(trx, now).select('id').where('id', '=', code.id))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw noSuchCode();
  });
}
