import type { Kysely } from 'kysely';
import type { PipelineIdentity } from '../../contract/pipelines/identity.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import type { Candidate } from './candidates.ts';
import { admittingWords, type Verdict } from './judge.ts';
import { keepRefusal } from './refusedRuns.ts';
import type { TrustRuleRow } from './trustRules.ts';

/** What the rules of one team say to a pipeline. */
export type Judged = Candidate & {
  identity: PipelineIdentity;
  /** Whether a rule of the team names its owner. */
  knownOwner: boolean;
  verdict: Verdict;
};

/**
 * The 403 for a pipeline that no team admits, by the team that comes nearest to it. It is kept among the runs of each team that it
 * concerns: of several with this issuer those that know the repository, so that none hears of what another's pipelines do.
 */
export async function refuseExchange(
  { db, clock, bus }: Pick<Deps, 'db' | 'clock' | 'bus'>,
  judged: readonly Judged[],
): Promise<ProblemError> {
  const refusals = judged.flatMap(({ verdict, ...of }) =>
    verdict.kind === 'admitted' ? [] : [{ ...of, verdict }],
  );
  const concerned = refusals.filter(
    ({ verdict }) => refusals.length === 1 || verdict.refusal.code !== 'repository_untrusted',
  );
  for (const { team, identity, knownOwner, verdict } of concerned) {
    const { code, message } = verdict.refusal;
    const now = clock.now();
    const kept = await db.transaction().execute(async (trx) => {
      if (verdict.kind === 'unconfirmed') await noteSeen(trx, verdict.row, identity, now);
      return await keepRefusal(trx, team.id, now, { identity, knownOwner, code, message });
    });
    if (kept) bus.publish(team.id, verdict.kind === 'unconfirmed' ? ['trust', 'previews'] : ['previews']);
  }
  const nearest = concerned[0] ?? refusals[0];
  if (!nearest) throw new Error('A pipeline that nobody refuses is admitted.');
  const { code, message, admittedBy } = nearest.verdict.refusal;
  const { issuer, owner, repository, event, ref } = admittedBy;
  return new ProblemError({
    status: 403,
    code,
    title: message,
    detail: admittingWords({ admittedBy }),
    admittedBy: { issuer, owner, repository, event, ref },
  });
}

/** Keeps the ids of whoever comes first with the typed names, for an admin to confirm. */
async function noteSeen(
  trx: Kysely<Database>,
  row: TrustRuleRow,
  { owner, repository }: PipelineIdentity,
  now: number,
): Promise<void> {
  await trx
    .updateTable('trust_rule')
    .set({
      seen_owner: owner.id,
      seen_repository: row.repository_name === null ? null : repository.id,
      seen_at: new Date(now).toISOString(),
    })
    .where('id', '=', row.id)
    .where('seen_at', 'is', null)
    .execute();
}
