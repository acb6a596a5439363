import type { Named, PipelineIdentity } from '../../contract/pipelines/identity.ts';
import { shown } from '../../contract/shownText.ts';
import { decideTrust, type TrustRefusal, type TrustRule } from '../../contract/pipelines/trust.ts';
import { pinnedIds, trustRuleOf, type TrustRuleRow } from './trustRules.ts';

/**
 * What a team's rules say to a pipeline. `unconfirmed`: they would admit it, but only by a name that somebody typed; whose name
 * that is an admin has to confirm.
 */
export type Verdict =
  | { kind: 'admitted'; rule: TrustRule; row: TrustRuleRow }
  | { kind: 'unconfirmed'; row: TrustRuleRow; refusal: UnconfirmedRefusal }
  | { kind: 'refused'; refusal: TrustRefusal };

type UnconfirmedRefusal = Omit<TrustRefusal, 'code'> & { code: 'rule_unconfirmed' };

/** Decides by all rules of a team, those included that still wait for somebody of their name. */
export function judge(identity: PipelineIdentity, rows: readonly TrustRuleRow[]): Verdict {
  const fixed: { row: TrustRuleRow; rule: TrustRule }[] = [];
  const byName: { row: TrustRuleRow; rule: TrustRule }[] = [];
  for (const row of rows) {
    const ids = pinnedIds(row);
    if (ids) fixed.push({ row, rule: trustRuleOf(row, ids) });
    else if (hasTypedNames(row, identity)) {
      // As it will be once an admin has confirmed that this is the one that was meant.
      const repository = row.repository_name === null ? null : identity.repository.id;
      byName.push({ row, rule: trustRuleOf(row, { owner: identity.owner.id, repository }) });
    }
  }
  const decided = decideTrust(
    identity,
    fixed.map(({ rule }) => rule),
    null,
  );
  const admitting = decided.ok ? fixed.find(({ rule }) => rule === decided.rule) : undefined;
  if (admitting) return { kind: 'admitted', ...admitting };

  const all = decideTrust(
    identity,
    [...fixed, ...byName].map(({ rule }) => rule),
    null,
  );
  if (!all.ok) return { kind: 'refused', refusal: all.refusal };
  const waiting = byName.find(({ rule }) => rule === all.rule);
  if (!waiting) throw new Error('A rule that admits is one of those that were asked.');
  return { kind: 'unconfirmed', row: waiting.row, refusal: unconfirmed(identity, waiting.row) };
}

/** By its id where that is known, else by its name. No two names of one provider differ in case alone. */
const fits = (id: string | null, name: string, actual: Named) =>
  id === null ? name.toLowerCase() === actual.name.toLowerCase() : id === actual.id;

/** Whether a rule names this owner. Of any other, nobody in the team has ever said that it is theirs. */
export const isOwnerKnown = (rows: readonly TrustRuleRow[], { owner }: PipelineIdentity): boolean =>
  rows.some((row) => fits(row.owner_id, row.owner_name, owner));

const hasTypedNames = (row: TrustRuleRow, { owner, repository }: PipelineIdentity): boolean =>
  fits(row.owner_id, row.owner_name, owner) &&
  (row.repository_name === null || fits(row.repository_id, row.repository_name, repository));

function unconfirmed(identity: PipelineIdentity, row: TrustRuleRow): UnconfirmedRefusal {
  const { issuer, owner, repository, event, ref, environment, outside } = identity;
  const others =
    row.seen_owner !== null &&
    (row.seen_owner !== owner.id || (row.repository_name !== null && row.seen_repository !== repository.id));
  return {
    code: 'rule_unconfirmed',
    message: others
      ? 'The rule for this name waits for an admin, and another one of this name came first. An admin of the team decides which is meant in Settings, Trusted repositories.'
      : 'The rule for this repository was made by its name. An admin of the team has to confirm that this is the one that was meant, in Settings, Trusted repositories.',
    admittedBy: { issuer, owner, repository, event, ref, environment, outside: outside !== null },
  };
}

/** What a rule has to say to let this pipeline in, as one text for people: ready to be sent to the admin. */
export function admittingWords({ admittedBy }: Pick<TrustRefusal, 'admittedBy'>): string {
  const { issuer, owner, repository, event, ref, environment, outside } = admittedBy;
  const text = (value: string) => shown(value, 200);
  const named = ({ id, name }: Named) => (id === name ? text(id) : `${text(name)} (id ${text(id)})`);
  const parts = [
    `issuer ${issuer}`,
    `owner ${named(owner)}`,
    `repository ${named(repository)}`,
    ...(event === null ? [] : [`event ${text(event)}`]),
    ...(ref === null ? [] : [`branch or tag ${text(ref)}`]),
    ...(environment === null ? [] : [`environment ${text(environment)}`]),
    ...(outside ? ['code from outside allowed'] : []),
  ];
  return `For an admin of the team: a rule in Settings, Trusted repositories, admits it that says ${parts.join(', ')}.`;
}
