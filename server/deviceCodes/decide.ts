import type { DeviceDecision } from '../../contract/deviceCodes.ts';
import type { Deps } from '../deps.ts';
import { refused } from '../http/problem.ts';
import { noSuchCode, waitingCodes } from './waitingCode.ts';

/**
 * Keeps what a person decided about a waiting code: the token is made when the program asks for it next, so that its text is
 * nowhere until then. 404 where somebody else was faster, 422 for a team that they aren’t in.
 */
export async function decide(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  codeId: string,
  userId: string,
  decision: DeviceDecision,
): Promise<void> {
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
          ? { state: 'allowed', team_id: decision.team, user_id: userId }
          : { state: 'denied', user_id: userId },
      )
      .where('id', 'in', waitingCodes(trx, clock.now()).select('id').where('id', '=', codeId))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw noSuchCode();
  });
}
