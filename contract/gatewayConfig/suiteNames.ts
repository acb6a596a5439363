import { derivedPrfs, parseProposalGrammar } from '../proposalGrammar.ts';
import type { Phase, Proposal } from '../proposals.ts';
import type { IkeVersion } from '../vpns.ts';
import type { KnownPhase } from './knownSettings.ts';

/** strongSwan's canonical keyword → what the vendor calls it. What isn't listed has no name there that we have read of. */
export type AlgorithmNames = Readonly<Record<string, string>>;

/** A vendor's names; `prf` is left out where the vendor names none by itself. */
export type VendorNames = Readonly<
  Record<
    Phase,
    {
      encryption: AlgorithmNames;
      integrity: AlgorithmNames;
      keyExchange: AlgorithmNames;
      prf?: AlgorithmNames;
    }
  >
>;

/** Of the suites of a phase; more are cut, with a note. */
const ALTERNATIVES_MAX = 64;

/** True where IKE derives the PRF from the suite's integrity algorithm. */
export const hasDerivedPrf = ({ integrity, prf }: Proposal): boolean =>
  derivedPrfs(integrity).join() === prf.join();

/** What a suite leaves to choose from, by kind of algorithm. */
function choicesOf(proposal: Proposal): string[][] {
  const { encryption, integrity, prf, keyExchange } = proposal;
  const spelledPrf = hasDerivedPrf(proposal) ? [] : prf;
  return [encryption, integrity, spelledPrf, keyExchange].filter((choices) => choices.length > 0);
}

const countOf = (proposal: Proposal): number =>
  choicesOf(proposal).reduce((product, choices) => product * choices.length, 1);

/** A suite as suites with one algorithm of each kind, in order of preference. */
export function alternatives(proposal: Proposal): Proposal[] {
  let rows: string[][] = [[]];
  for (const choices of choicesOf(proposal)) {
    rows = rows.flatMap((row) => choices.map((choice) => [...row, choice])).slice(0, ALTERNATIVES_MAX);
  }
  return rows.flatMap((row) => {
    const parsed = parseProposalGrammar(row.join('-'), proposal.phase);
    return parsed.ok ? [parsed.value] : [];
  });
}

/** What all suites of a vendor have in common: suites in which `of` isn't what it is in the first are left out. */
type Common<T> = { what: string; of: (named: T) => string };

export type NamedSuites<T> = { ok: true; names: T[]; notes: string[] } | { ok: false; unfit: string };

/**
 * Says the suites of a phase in a vendor's words. A suite that it has no words for is left out and named in a note, since
 * replicas offer all suites and the gateway picks one; when none is left, the vendor can't take these settings.
 * No suites yet: no names.
 */
export function nameSuites<T>(
  { phase, suites }: KnownPhase,
  ikeVersion: IkeVersion,
  vendor: string,
  name: (single: Proposal) => T | undefined,
  common?: Common<T>,
): NamedSuites<T> {
  const all = suites.flatMap(alternatives).slice(0, ALTERNATIVES_MAX);
  const [first] = all;
  if (!first) return { ok: true, names: [], notes: [] };
  const unnamed: string[] = [];
  const apart: string[] = [];
  const late: string[] = [];
  const names: T[] = [];
  for (const single of all) {
    const named = name(single);
    if (named === undefined) unnamed.push(single.keywords);
    else if (ikeVersion === 1 && phase === 'esp' && single.keyExchange.join() !== first.keyExchange.join())
      late.push(single.keywords);
    else if (common && names[0] !== undefined && common.of(named) !== common.of(names[0]))
      apart.push(single.keywords);
    else names.push(named);
  }
  const kind = phase.toUpperCase();
  if (names.length === 0) {
    const unfit = `We know no ${vendor} name for ${listed(unnamed)}. Add an ${kind} cipher suite that it has, such as aes256-sha256-modp2048.`;
    return { ok: false, unfit };
  }
  const cut = suites.reduce((sum, suite) => sum + countOf(suite), 0) > all.length;
  const notes = [
    cut && `Only the first ${ALTERNATIVES_MAX} combinations of the ${kind} cipher suites are there.`,
    unnamed.length > 0 &&
      `We know no ${vendor} name for the ${kind} cipher suite ${listed(unnamed)}: left out, so replicas use another.`,
    late.length > 0 &&
      `With IKEv1, phase 2 begins with the DH group of the first suite, so ${listed(late)} is left out.`,
    apart.length > 0 &&
      `${vendor} has one ${common?.what} for all ${kind} cipher suites, so ${listed(apart)} is left out.`,
  ];
  return { ok: true, names, notes: notes.filter((note) => note !== false) };
}

const listed = (keywords: readonly string[]): string =>
  keywords.length > 3
    ? `${keywords.slice(0, 3).join(', ')} and ${keywords.length - 3} more`
    : keywords.join(', ');

/** Each value once, in order. */
export const distinct = (values: readonly string[]): string[] => [...new Set(values)];
