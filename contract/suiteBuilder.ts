import { derivedPrfs, isCombined } from './proposalGrammar.ts';
import { fittingGroup, fittingPrf } from './proposalRepair.ts';
import { commonProposals, WITHOUT_PFS } from './proposals.ts';
import type { Secrecy, SuiteContext, SuiteParts } from './suiteParts.ts';
import { allAlgorithms, type Algorithm } from './suites.ts';

/** A row of the builder. `secrecy` is perfect forward secrecy, which ESP suites choose. */
export type PartKind = keyof SuiteParts;

/** One thing to choose in a row. */
export type Choice = {
  /** What it adds to the suite; '' for what adds nothing. For `secrecy`, the setting itself. */
  keyword: string;
  /** For people: `AES-256 CBC`, `Group 14 (modp2048)`. */
  words: string;
  /** Whether gateways commonly have it and nothing is against it. */
  usual: boolean;
  /** Why it is weak, a whole sentence. */
  weak?: string;
  /** Why it can't be chosen here, as a clause: `IKEv1 has no number for it`. */
  refused?: string;
};

const usual = new Set(
  'aes256gcm16 aes128gcm16 chacha20poly1305 aes256 aes192 aes128 sha256 sha384 sha512 prfsha256 prfsha384 prfsha512'
    .split(' ')
    .concat('modp2048 modp3072 modp4096 modp6144 modp8192 ecp256 ecp384 ecp521 curve25519'.split(' ')),
);

function refusedBecause(algorithm: Algorithm, { phase, ikeVersion }: SuiteContext): string | undefined {
  if (algorithm.unusable !== undefined) return algorithm.unusable;
  if (ikeVersion === 2) return undefined;
  if (algorithm.kind === 'prf') return 'IKEv1 always uses its hash as the PRF';
  return algorithm.ikev1[phase] ? undefined : 'IKEv1 has no number for it';
}

function choiceOf(algorithm: Algorithm, context: SuiteContext): Choice {
  const { kind, keyword, words, weak } = algorithm;
  const refused = refusedBecause(algorithm, context);
  const named = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return {
    keyword,
    words: kind === 'keyExchange' && words.startsWith('group ') ? `${named} (${keyword})` : named,
    usual: refused === undefined && usual.has(keyword),
    ...(weak === undefined ? {} : { weak }),
    ...(refused === undefined ? {} : { refused }),
  };
}

const algorithmsAs = (kind: Algorithm['kind'], context: SuiteContext): Choice[] =>
  allAlgorithms
    .filter((algorithm) => algorithm.kind === kind && algorithm.keyword !== 'none')
    .map((algorithm) => choiceOf(algorithm, context));

function prfChoices(parts: SuiteParts, context: SuiteContext): Choice[] {
  if (context.phase === 'esp') return [];
  const named = algorithmsAs('prf', context);
  if (isCombined(parts.encryption)) return named;
  const derived = derivedPrfs([parts.integrity]);
  const same: Choice = { keyword: '', words: 'The same hash as integrity', usual: true };
  return [same, ...named.filter(({ keyword }) => !derived.includes(keyword))];
}

function secrecyChoices({ phase, ikeVersion }: SuiteContext): Choice[] {
  if (phase === 'ike') return [];
  const several = 'IKEv1 takes one key exchange in a suite';
  return [
    { keyword: 'always', words: 'Always', usual: true },
    {
      keyword: 'optional',
      words: 'If the gateway wants it',
      usual: ikeVersion === 2,
      ...(ikeVersion === 1 ? { refused: several } : {}),
    },
    { keyword: 'off', words: 'Off', usual: true, weak: WITHOUT_PFS },
  ];
}

/**
 * What a row offers, given what is chosen in the others: everything strongSwan has a keyword for, with what is weak about
 * it or why it can't be chosen. Empty: there is nothing to choose, so the row isn't there.
 */
export function choicesFor(kind: PartKind, parts: SuiteParts, context: SuiteContext): Choice[] {
  if (kind === 'secrecy') return secrecyChoices(context);
  if (kind === 'prf') return prfChoices(parts, context);
  if (kind === 'integrity' && isCombined(parts.encryption)) return [];
  if (kind === 'keyExchange' && parts.secrecy === 'off') return [];
  return algorithmsAs(kind, context);
}

/** The integrity algorithm whose PRF this is, where it can be chosen; SHA-256 otherwise. */
function integrityOf(prf: string, context: SuiteContext): string {
  const found = allAlgorithms.find(
    (one) => one.kind === 'integrity' && one.prf === prf && refusedBecause(one, context) === undefined,
  );
  return found?.keyword ?? 'sha256';
}

/** What belongs to the cipher: integrity and PRF of a combined one are other rows than those of a classic one. */
function fitToCipher(parts: SuiteParts, context: SuiteContext): SuiteParts {
  const { encryption, integrity, prf } = parts;
  if (isCombined(encryption)) {
    const [derived] = derivedPrfs([integrity]);
    const needed = context.phase === 'esp' ? '' : prf || (derived ?? fittingPrf(encryption));
    return { ...parts, integrity: '', prf: needed };
  }
  if (integrity === '') return { ...parts, integrity: integrityOf(prf, context), prf: '' };
  const spelled = context.ikeVersion === 2 && !derivedPrfs([integrity]).includes(prf);
  return { ...parts, prf: spelled ? prf : '' };
}

const isSecrecy = (keyword: string): keyword is Secrecy =>
  keyword === 'off' || keyword === 'optional' || keyword === 'always';

/**
 * The parts with one of `choicesFor` chosen. Other rows follow where they have to: what a combined cipher needs, the PRF
 * that goes with the integrity algorithm, a group where perfect forward secrecy is switched on.
 */
export function choose(
  parts: SuiteParts,
  kind: PartKind,
  keyword: string,
  context: SuiteContext,
): SuiteParts {
  if (kind !== 'secrecy') return fitToCipher({ ...parts, [kind]: keyword }, context);
  if (!isSecrecy(keyword)) return parts;
  const group = parts.keyExchange || fittingGroup(parts.encryption);
  return { ...parts, secrecy: keyword, keyExchange: keyword === 'off' ? '' : group };
}

/** The suite that a new one starts from: the strongest common one that isn't in the list, as keywords. */
export const startingSuite = (present: readonly string[], { phase, ikeVersion }: SuiteContext): string => {
  const common = commonProposals(phase, ikeVersion);
  return common.find((keywords) => !present.includes(keywords)) ?? common[0] ?? '';
};
