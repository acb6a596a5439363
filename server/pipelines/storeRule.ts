import type { Insertable, Kysely } from 'kysely';
import type { Database, TrustRuleTable } from '../db/schema.ts';
import { refused } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';
import type { RuleSettings } from './ruleSettings.ts';

/** The columns that hold what a rule says, and for whom it speaks: whoever wrote it last vouches for all of it. */
export const columnsOf = (settings: RuleSettings, by: Viewer) =>
  ({
    owner_name: settings.owner.name,
    owner_id: settings.owner.id,
    repository_name: settings.repository?.name ?? null,
    repository_id: settings.repository?.id ?? null,
    events: JSON.stringify(settings.events),
    refs: JSON.stringify(settings.refs),
    environments: JSON.stringify(settings.environments),
    protected_only: settings.protectedOnly ? 1 : 0,
    outside: settings.outside ? 1 : 0,
    vpns: settings.vpns && JSON.stringify(settings.vpns),
    created_by: by.userId,
    created_by_name: by.name,
  }) satisfies Partial<Insertable<TrustRuleTable>>;

/** 422 where a VPN isn't one of the team's. */
export async function requireVpns(trx: Kysely<Database>, teamId: string, ids: readonly string[] | null) {
  if (ids === null || ids.length === 0) return;
  const rows = await trx
    .selectFrom('vpn')
    .select('id')
    .where('team_id', '=', teamId)
    .where('id', 'in', ids)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = ids.flatMap((id, at) =>
    known.has(id) ? [] : [{ path: `vpns.${at}`, code: 'unknown_vpn', message: 'Choose a VPN of the team.' }],
  );
  if (unknown.length > 0) throw refused(unknown);
}
