import type { PipelineRun, TrustedRepository } from '../../contract/pipelines/pipelines.ts';

/** A run that was refused, and the rule that would have to change for it; without one, a new rule has to be made. */
export type Refused = {
  run: PipelineRun;
  admittedBy: NonNullable<PipelineRun['admittedBy']>;
  rule: TrustedRepository | undefined;
};

/** What a refusal is called while a rule waits for an admin’s word: the rule itself says so, and with what it came. */
const unconfirmed = 'rule_unconfirmed';

/**
 * What a rule could have let in and none did, newest first, once for each repository and reason. `runs` are newest first. What
 * has been settled since is left out: its repository got in later, or a rule was made for it.
 */
export function openRefusals(runs: readonly PipelineRun[], rules: readonly TrustedRepository[]): Refused[] {
  const told = new Set<string>();
  const gotIn = new Set<string>();
  const open: Refused[] = [];
  for (const run of runs) {
    const { admittedBy } = run;
    const repository = JSON.stringify([run.provider, run.repository]);
    if (run.result !== 'refused') gotIn.add(repository);
    if (run.result !== 'refused' || admittedBy === null || run.code === unconfirmed) continue;
    const rule = ruleFor(rules, admittedBy);
    const settled = rule !== undefined && (gotIn.has(repository) || rule.createdAt > run.at);
    const key = JSON.stringify([admittedBy.issuer, admittedBy.repository.id, run.code]);
    if (!settled && !told.has(key)) open.push({ run, admittedBy, rule });
    told.add(key);
  }
  return open;
}

/** The rule for a repository, by its ids: its own, or that for all of its owner’s. */
export function ruleFor(
  rules: readonly TrustedRepository[],
  { issuer: url, owner: { id }, repository }: NonNullable<PipelineRun['admittedBy']>,
): TrustedRepository | undefined {
  const ofOwner = rules.filter(({ issuer, owner }) => issuer.url === url && owner.id === id);
  return (
    ofOwner.find((rule) => rule.repository?.id === repository.id) ??
    ofOwner.find((rule) => rule.repository === null)
  );
}
