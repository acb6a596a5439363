import { commonProposals, parseProposal, type Phase } from '../../../../contract/proposals.ts';
import type { IkeVersion } from '../../../../contract/vpns.ts';

/** A suite that the IKE version can't carry, and the nearest that it can. */
export type Repair = { index: number; from: string; to: string };

/**
 * The suites that are fine but for the IKE version. Where the rules know no near one, the first common suite of the version
 * takes the place.
 */
export function versionRepairs(suites: readonly string[], phase: Phase, ikeVersion: IkeVersion): Repair[] {
  const other = ikeVersion === 1 ? 2 : 1;
  const [common = ''] = commonProposals(phase, ikeVersion);
  return suites.flatMap((from, index) => {
    const parsed = parseProposal(from, phase, ikeVersion);
    if (parsed.ok || !parseProposal(from, phase, other).ok) return [];
    return [{ index, from, to: parsed.refusal.suggestion ?? common }];
  });
}

/** The suites with the repairs made, none twice. */
export const repaired = (suites: readonly string[], repairs: readonly Repair[]): string[] => [
  ...new Set(suites.map((text, index) => repairs.find((one) => one.index === index)?.to ?? text)),
];
