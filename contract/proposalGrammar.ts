import type { Phase, Proposal } from './proposals.ts';
import { accept, refuse, type Refusal, type Result } from './result.ts';
import { oddCharacter, shown } from './shownText.ts';
import { findAlgorithm, type Algorithm, type AlgorithmKind } from './suites.ts';

/** strongSwan's own limit for one proposal. */
const LENGTH_MAX = 2048;

/** Refuses text whose characters show that it isn't one proposal. */
function refuseForm(text: string): Refusal | undefined {
  const quoted = shown(text);
  if (/^[\s-]*$/.test(text) && !oddCharacter(text)) {
    return { code: 'proposal_empty', message: 'Enter a cipher suite, such as aes256-sha256-modp2048.' };
  }
  if (text.length > LENGTH_MAX) {
    return {
      code: 'proposal_long',
      message: `“${quoted}” is too long. Use at most ${LENGTH_MAX} characters.`,
      part: text,
    };
  }
  const odd = oddCharacter(text);
  if (odd) {
    const message = `“${quoted}” holds ${odd.words}. Join the keywords with plain dashes.`;
    return { code: 'proposal_character', message, part: odd.character };
  }
  if (text.includes('!')) {
    const message = `“${quoted}” holds “!”, which belongs in ipsec.conf only. Suites are always exact here.`;
    return { code: 'proposal_strict', message, part: '!' };
  }
  if (text.includes(',')) {
    const suites = text.split(',').filter((suite) => suite.trim() !== '').length;
    const message =
      suites > 1 && text.includes('-')
        ? `“${quoted}” holds ${suites} suites. Add each by itself.`
        : `“${quoted}” holds a comma. Join the keywords with dashes.`;
    return { code: 'proposal_list', message, part: ',' };
  }
  const separator = /[^a-z0-9_ -]/i.exec(text)?.[0];
  if (separator !== undefined) {
    const message = `“${quoted}” holds “${separator}”. Join the keywords with dashes.`;
    return { code: 'proposal_character', message, part: separator };
  }
  return undefined;
}

/** Canonical keywords of one kind, in order, each once. */
const keywordsOf = (found: readonly Algorithm[], kind: AlgorithmKind): string[] => [
  ...new Set(found.filter((algorithm) => algorithm.kind === kind).map((algorithm) => algorithm.keyword)),
];

/** PRFs that IKE derives from integrity algorithms. */
export const derivedPrfs = (integrity: readonly string[]): string[] => [
  ...new Set(integrity.map((keyword) => findAlgorithm(keyword)?.prf).filter((prf) => prf !== undefined)),
];

export const isCombined = (keyword: string): boolean => findAlgorithm(keyword)?.combined === true;

/** The canonical text: encryption, integrity, PRF (where it isn't what IKE derives), key exchange, the rest. */
function spell(parts: Omit<Proposal, 'keywords'>): string {
  const derived = parts.phase === 'ike' && derivedPrfs(parts.integrity).join() === parts.prf.join();
  const prf = derived ? [] : parts.prf;
  return [
    ...parts.encryption,
    ...parts.integrity,
    ...prf,
    ...parts.keyExchange,
    ...parts.additional,
    ...parts.esn,
  ].join('-');
}

/** What strongSwan's check_proposal() does to an IKE proposal. */
function completeIke(parts: Omit<Proposal, 'keywords'>, text: string): Refusal | undefined {
  const quoted = shown(text);
  if (parts.prf.length === 0) parts.prf = derivedPrfs(parts.integrity);
  const [first = ''] = parts.encryption;
  const combined = isCombined(first);
  if (combined) parts.integrity = [];
  parts.keyExchange = parts.keyExchange.filter((keyword) => keyword !== 'none');
  if (!combined && parts.integrity.length === 0) {
    const message = `${quoted} has no integrity algorithm. Add one, such as sha256.`;
    return { code: 'proposal_no_integrity', message, part: first };
  }
  if (parts.prf.length === 0) {
    const message = combined
      ? `${quoted} has no PRF, which ${findAlgorithm(first)?.words} needs in IKE suites. Add one, such as prfsha256.`
      : `${quoted} has no PRF, and none can be derived from ${parts.integrity.join(', ')}. Add one, such as prfsha256.`;
    return { code: 'proposal_no_prf', message, part: combined ? first : parts.integrity.join('-') };
  }
  if (parts.keyExchange.length === 0) {
    const message = `${quoted} has no key exchange (DH group), which IKE suites need. Add one, such as modp2048.`;
    return { code: 'proposal_no_key_exchange', message, part: text };
  }
  return undefined;
}

/** What strongSwan's check_proposal() does to an ESP proposal. */
function completeEsp(parts: Omit<Proposal, 'keywords'>): void {
  parts.prf = [];
  if (parts.encryption.every(isCombined)) parts.integrity = [];
  if (parts.keyExchange.join() === 'none') parts.keyExchange = [];
  if (parts.esn.join() === 'noesn') parts.esn = [];
}

/**
 * Reads one proposal as strongSwan does (src/libstrongswan/crypto/proposal/proposal.c, check_proposal): keywords joined by
 * dashes in any order. Says nothing about whether the result is wise or can be carried out: see `refuseProposal`.
 */
export function parseProposalGrammar(text: string, phase: Phase): Result<Proposal> {
  const form = refuseForm(text);
  if (form) return refuse(form);
  const quoted = shown(text);
  const found: Algorithm[] = [];
  for (const token of text.split('-').map((part) => part.trim())) {
    if (token === '') continue;
    const algorithm = findAlgorithm(token);
    if (!algorithm) {
      const inside = token === text ? '' : ` in ${quoted}`;
      const message =
        token === 'default'
          ? '“default” stands for whatever strongSwan prefers. Name the algorithms, so that both sides match.'
          : `“${shown(token)}”${inside} is not a keyword of strongSwan.`;
      return refuse({ code: 'proposal_keyword', message, part: token });
    }
    found.push(algorithm);
  }
  const parts: Omit<Proposal, 'keywords'> = {
    phase,
    encryption: keywordsOf(found, 'encryption'),
    integrity: keywordsOf(found, 'integrity'),
    prf: keywordsOf(found, 'prf'),
    keyExchange: keywordsOf(found, 'keyExchange'),
    additional: keywordsOf(found, 'additional'),
    esn: keywordsOf(found, 'esn'),
  };
  if (parts.encryption.length === 0) {
    const message = `${quoted} has no encryption algorithm. Start with one, such as aes256.`;
    return refuse({ code: 'proposal_no_encryption', message, part: text });
  }
  const other = parts.encryption.find(
    (keyword) => isCombined(keyword) !== isCombined(parts.encryption[0] ?? ''),
  );
  if (other !== undefined) {
    const message = `${quoted} mixes ${parts.encryption[0]} with ${other}: one has its own integrity check, the other hasn’t. Make two suites.`;
    return refuse({ code: 'proposal_mixed', message, part: other });
  }
  if (phase === 'ike') {
    const refusal = completeIke(parts, text);
    if (refusal) return refuse(refusal);
  } else completeEsp(parts);
  return accept({ ...parts, keywords: spell(parts) });
}
