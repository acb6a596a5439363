import type { PipelineRun, TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import type { TrustRefusalCode } from '../../contract/pipelines/trust.ts';

/** A run that was refused, and the rule that would have to change for it; without one, a new rule has to be made. */
export type Refused = {
  run: PipelineRun;
  admittedBy: NonNullable<PipelineRun['admittedBy']>;
  rule: TrustedRepository | undefined;
};

/**
 * Refusals that a rule could have prevented. Not that a rule has stopped or waits to be confirmed: the rule itself says so, and
 * none of what concerns the preview alone.
 */
const byRules: ReadonlySet<string> = new Set<TrustRefusalCode>([
  'repository_untrusted',
  'repository_replaced',
  'repository_renamed',
  'outside_code',
  'event_untrusted',
  'ref_untrusted',
  'ref_unprotected',
  'environment_untrusted',
  'vpn_untrusted',
]);

/**
 * What a rule could have let in and none did, newest first, once for each repository and reason. `runs` are newest first. What
 * has been settled since is left out: the like of it got in later, or a rule was made for its repository.
 */
export function openRefusals(runs: readonly PipelineRun[], rules: readonly TrustedRepository[]): Refused[] {
  const told = new Set<string>();
  const gotIn: PipelineRun[] = [];
  const open: Refused[] = [];
  for (const run of runs) {
    const { admittedBy } = run;
    if (run.result !== 'refused') gotIn.push(run);
    if (run.result !== 'refused' || admittedBy === null || !byRules.has(run.code ?? '')) continue;
    const rule = ruleFor(rules, admittedBy);
    const settled =
      rule !== undefined && (rule.createdAt > run.at || gotIn.some((later) => isLike(run, later)));
    const key = JSON.stringify([admittedBy.issuer, admittedBy.repository.id, run.code]);
    if (!settled && !told.has(key)) open.push({ run, admittedBy, rule });
    told.add(key);
  }
  return open;
}

/** Whether the later run had all by which the refused one was turned away. */
const isLike = (refused: PipelineRun, later: PipelineRun): boolean =>
  later.provider === refused.provider &&
  later.repository === refused.repository &&
  later.event === refused.event &&
  (later.ref === refused.ref || refused.code?.startsWith('ref_') !== true) &&
  (later.vpn?.id === refused.vpn?.id || refused.code !== 'vpn_untrusted');

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
