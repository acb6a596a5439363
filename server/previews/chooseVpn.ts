import type { Kysely, Selectable } from 'kysely';
import { shown } from '../../contract/shownText.ts';
import { lookUpVpn } from '../db/lookup.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { forbidden, ProblemError } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';
import { nearestNames } from './nearestNames.ts';

const NAMED = 3;

/**
 * The VPN that somebody names, by its name or id. 404 `vpn_unknown` with the names that are most like it, of those that they may
 * use; 403 for a pipeline that isn’t trusted with it.
 */
export async function chooseVpn(
  trx: Kysely<Database>,
  teamId: string,
  { via }: Viewer,
  named: string,
): Promise<Selectable<VpnTable>> {
  const trusted = via.kind === 'pipeline' ? via.scope.vpns : null;
  const vpn = await lookUpVpn(trx, teamId, named);
  if (!vpn) throw await unknownVpn(trx, teamId, trusted, named);
  if (trusted !== null && !trusted.includes(vpn.id)) {
    throw forbidden(
      'vpn_untrusted',
      `The rule that trusts this repository doesn’t let it use the VPN ${vpn.name}. An admin can add it in Settings, Trusted repositories.`,
    );
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
