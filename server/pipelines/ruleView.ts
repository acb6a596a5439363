import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Ref } from '../../contract/lists.ts';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { readTexts } from '../db/json.ts';
import type { Database } from '../db/schema.ts';
import { notFound } from '../http/problem.ts';
import { TeamParams } from '../http/teamAccess.ts';
import type { RuleSettings } from './ruleSettings.ts';
import { pinnedIds, stoppedBecause, type TrustRuleRow, trustRules } from './trustRules.ts';
import { namesOfVpns } from './vpnNames.ts';

export const RuleParams = TeamParams.extend({ rule: z.string() });

/** A rule of the team; 404 otherwise. */
export async function findRule(db: Kysely<Database>, teamId: string, id: string): Promise<TrustRuleRow> {
  const row = await trustRules(db, teamId).where('trust_rule.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('rule');
  return row;
}

/** The rule as it is stored. */
export const settingsOf = (row: TrustRuleRow): RuleSettings => ({
  owner: { name: row.owner_name, id: row.owner_id },
  repository: row.repository_name === null ? null : { name: row.repository_name, id: row.repository_id },
  events: readTexts(row.events),
  refs: readTexts(row.refs),
  environments: readTexts(row.environments),
  protectedOnly: row.protected_only === 1,
  outside: row.outside === 1,
  vpns: row.vpns === null ? null : readTexts(row.vpns),
});

/** Rules as the API shows them, in the order of `rows`. */
export async function viewRules(
  db: Kysely<Database>,
  teamId: string,
  rows: readonly TrustRuleRow[],
): Promise<TrustedRepository[]> {
  const ids = new Set(rows.flatMap((row) => (row.vpns === null ? [] : readTexts(row.vpns))));
  const names = await namesOfVpns(db, teamId, [...ids]);
  return rows.map((row) => viewRule(row, names));
}

/** A rule of the team as the API shows it. */
export async function readRule(db: Kysely<Database>, teamId: string, id: string): Promise<TrustedRepository> {
  const [view] = await viewRules(db, teamId, [await findRule(db, teamId, id)]);
  if (!view) throw notFound('rule');
  return view;
}

function viewRule(row: TrustRuleRow, vpnNames: readonly Ref[]): TrustedRepository {
  const { vpns, ...settings } = settingsOf(row);
  return {
    id: row.id,
    issuer: { id: row.issuer_id, provider: row.provider, url: row.issuer_url },
    ...settings,
    state: stateOf(row),
    seen:
      row.seen_owner === null || row.seen_at === null
        ? null
        : { owner: row.seen_owner, repository: row.seen_repository, at: row.seen_at },
    stopped: stoppedBecause(row),
    vpns: vpns && vpnNames.filter(({ id }) => vpns.includes(id)),
    createdAt: row.created_at,
    createdBy: row.created_by_name,
    lastUsedAt: row.last_used_at,
    revision: row.revision,
  };
}

function stateOf(row: TrustRuleRow): TrustedRepository['state'] {
  if (stoppedBecause(row) !== null) return 'stopped';
  if (pinnedIds(row)) return 'active';
  return row.seen_at === null ? 'waiting' : 'to-confirm';
}
