import { parseProposal, type Phase } from '../proposals.ts';
import { shown } from '../shownText.ts';
import { PROPOSALS_MAX } from '../vpnLimits.ts';
import type { IkeVersion } from '../vpns.ts';
import { LIST_MAX } from './confText.ts';
import { mapped, refused, understood, type Report } from './findings.ts';

/** A suite as the file spells it and as strongSwan does; the latter is missing where that can't be told, for `reason`. */
export type WrittenSuite = { written: string; keywords?: string; reason?: string };

/** strongSwan's own limit for one proposal. */
const SUITE_LENGTH_MAX = 2048;

type Context = { phase: Phase; version: IkeVersion; line: number; report: Report };

/**
 * The suites of one line, in canonical spelling and as this product accepts them for the IKE version; undefined: none is.
 * Says of the line which were refused, and why. `advice`: what else there is to know about it.
 */
export function readSuites(
  suites: readonly WrittenSuite[],
  { phase, version, line, report }: Context,
  advice?: string,
): string[] | undefined {
  const field = `${phase}.proposals`;
  const accepted: string[] = [];
  const respelled: string[] = [];
  let dropped = 0;
  for (const { written, keywords = written, reason } of suites.slice(0, LIST_MAX)) {
    if (reason !== undefined || written.length > SUITE_LENGTH_MAX) {
      report.say(line, refused(reason ?? `“${shown(written)}” is too long for a suite.`, field));
      dropped += 1;
      continue;
    }
    const parsed = parseProposal(keywords, phase, version);
    if (!parsed.ok) {
      const { message, suggestion } = parsed.refusal;
      const instead = suggestion === undefined ? '' : ` ${suggestion} would do, if both sides are set to it.`;
      report.say(line, refused(`${message}${instead}`, field));
      dropped += 1;
      continue;
    }
    const spelled = parsed.value.keywords;
    if (spelled !== written) respelled.push(spelled);
    if (!accepted.includes(spelled)) accepted.push(spelled);
  }
  const kept = accepted.slice(0, PROPOSALS_MAX);
  if (suites.length > LIST_MAX || accepted.length > kept.length) {
    report.say(line, refused(`Only the first ${PROPOSALS_MAX} suites are taken.`, field));
  }
  if (suites.length === 0) report.say(line, refused('It names no suite.', field));
  if (kept.length === 0) return undefined;
  if (dropped > 0) report.say(line, refused(`Taken is ${kept.join(', ')}.`, field));
  else if (respelled.length > 0) report.say(line, mapped(field, `Here that is ${respelled.join(', ')}.`));
  report.say(line, understood(field, advice));
  return kept;
}
