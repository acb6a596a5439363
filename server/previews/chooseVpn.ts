import type { Kysely, Selectable } from 'kysely';
import { shown } from '../../contract/shownText.ts';
import { lookUpVpn } from '../db/lookup.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { ProblemError } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';
import { GuardedRefusal } from './guardedRefusal.ts';
import { nearestNames } from './nearestNames.ts';
import { vpnsOf } from './trustedVpn.ts';

const NAMED = 3;

/**
 * The VPN that somebody names, by its name or id. 404 `vpn_unknown` with the names that are most like it, of those that they may
 * use. To a pipeline those that its rule doesn’t have are as unknown; the team is told which one it asked for.
 */
export async function chooseVpn(
  trx: Kysely<Database>,
  teamId: string,
  viewer: Viewer,
  named: string,
): Promise<Selectable<VpnTable>> {
  const trusted = vpnsOf(viewer);
  const vpn = await lookUpVpn(trx, teamId, named);
  if (!vpn) throw await unknownVpn(trx, teamId, trusted, named);
  if (trusted !== null && !trusted.includes(vpn.id)) {
    const { problem } = await unknownVpn(trx, teamId, trusted, named);
    throw new GuardedRefusal(problem, {
      code: 'vpn_untrusted',
      message: `The rule that trusts this repository doesn’t let it use the VPN ${shown(vpn.name)}. An admin can add it in Settings, Trusted repositories.`,
    });
  }
  return vpn;
}

async function unknownVpn(
  trx: Kysely<Database>,
  teamId: string,
  trusted: readonly string[] | null,
  named: string,
): Promise<ProblemError> {
  const vpns = await trx.selectFrom('vpn').select(['id', 'name']).where('team_id', '=', teamId).execute();
  const usable = vpns.filter(({ id }) => trusted === null || trusted.includes(id));
  const nearest = nearestNames(
    named,
    usable.map(({ name }) => name),
    NAMED,
  );
  const [suggestion] = nearest;
  const others = nearest.map((name) => `“${name}”`).join(', ');
  const message = `There is no VPN named “${shown(named)}”.`;
  const title =
    suggestion === undefined
      ? `${message} There is none yet that could be used here.`
      : `${message} The nearest ${nearest.length === 1 ? 'is' : 'are'} ${others}.`;
  return new ProblemError({
    status: 404,
    code: 'vpn_unknown',
    title,
    errors: [
      {
        path: 'vpn',
        code: 'vpn_unknown',
        message: title,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ],
  });
}
