import { commonProposals, parseProposal, type Phase } from '../../../contract/proposals.ts';
import type { IkeVersion } from '../../../contract/vpns.ts';

/**
 * The suites with each refused one replaced: by the nearest that would be accepted where the rules know one, else by
 * the first common suite of this IKE version. None twice.
 */
export function acceptedSuites(suites: readonly string[], phase: Phase, version: IkeVersion): string[] {
  const [common] = commonProposals(phase, version);
  const accepted = suites.map((text) => {
    const result = parseProposal(text, phase, version);
    return result.ok ? text : (result.refusal.suggestion ?? common);
  });
  const list = accepted.length === 0 ? [common] : accepted;
  return [...new Set(list)].filter((text) => text !== undefined);
}
