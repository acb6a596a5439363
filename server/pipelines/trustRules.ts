import type { Kysely, Selectable } from 'kysely';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { TrustRule } from '../../contract/pipelines/trust.ts';
import type { Role } from '../../contract/team.ts';
import { readTexts } from '../db/json.ts';
import type { Database, TrustRuleTable } from '../db/schema.ts';

/** A rule as it is stored, with its issuer and what whoever made it is in the team now. */
export type TrustRuleRow = Selectable<TrustRuleTable> & {
  issuer_url: string;
  provider: PipelineProvider;
  /** null: no member any more. */
  maker_role: Role | null;
};

/** The rules of a team. */
export const trustRules = (db: Kysely<Database>, teamId: string) =>
  db
    .selectFrom('trust_rule')
    .innerJoin('issuer', 'issuer.id', 'trust_rule.issuer_id')
    .leftJoin('member', (join) =>
      join
        .onRef('member.team_id', '=', 'trust_rule.team_id')
        .onRef('member.user_id', '=', 'trust_rule.created_by'),
    )
    .selectAll('trust_rule')
    .select(['issuer.url as issuer_url', 'issuer.provider', 'member.role as maker_role'])
    .where('trust_rule.team_id', '=', teamId);

/** Why a rule admits nobody now: it never allows more than who made it may do. Null while they are an admin. */
export function stoppedBecause(rule: Pick<TrustRuleRow, 'created_by_name' | 'maker_role'>): string | null {
  if (rule.maker_role === 'admin') return null;
  const maker = `${rule.created_by_name}, who made it,`;
  return rule.maker_role === null
    ? `${maker} has left the team.`
    : `${maker} is no admin of the team any more.`;
}

/** Ids of an owner and, where the rule is for one repository, of that. */
export type PinnedIds = { owner: string; repository: string | null };

/** The ids that the rule is fixed to; null while names were typed that no admin has confirmed. */
export function pinnedIds(row: TrustRuleRow): PinnedIds | null {
  if (row.owner_id === null) return null;
  if (row.repository_name === null) return { owner: row.owner_id, repository: null };
  return row.repository_id === null ? null : { owner: row.owner_id, repository: row.repository_id };
}

/** The rule as contract/pipelines/trust.ts decides by it, fixed to these ids. */
export const trustRuleOf = (row: TrustRuleRow, ids: PinnedIds): TrustRule => ({
  id: row.id,
  issuer: row.issuer_url,
  owner: { id: ids.owner, name: row.owner_name },
  repository:
    row.repository_name === null || ids.repository === null
      ? null
      : { id: ids.repository, name: row.repository_name },
  events: readTexts(row.events),
  refs: readTexts(row.refs),
  environments: readTexts(row.environments),
  protectedOnly: row.protected_only === 1,
  outside: row.outside === 1,
  vpns: row.vpns === null ? null : readTexts(row.vpns),
  stopped: stoppedBecause(row),
});

/** What a rule trusts, in a sentence: `octo/app`, `all of octo`. */
export const trustedWords = (row: { owner_name: string; repository_name: string | null }): string =>
  row.repository_name ?? `all of ${row.owner_name}`;
