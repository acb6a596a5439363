import { derivedPrfs, isCombined } from './proposalGrammar.ts';
import type { Proposal } from './proposals.ts';
import type { Refusal } from './result.ts';
import { findAlgorithm, type Algorithm } from './suites.ts';
import type { IkeVersion } from './vpns.ts';

/** Every algorithm of a proposal, in order. */
export const algorithmsOf = (proposal: Proposal): Algorithm[] =>
  [
    ...proposal.encryption,
    ...proposal.integrity,
    ...proposal.prf,
    ...proposal.keyExchange,
    ...proposal.additional,
    ...proposal.esn,
  ]
    .map(findAlgorithm)
    .filter((algorithm) => algorithm !== undefined);

/** `AES-256 GCM (aes256gcm16)`, for the start of a sentence. */
const named = ({ kind, keyword, words }: Algorithm): string =>
  kind === 'keyExchange' || words === keyword
    ? keyword
    : `${words.charAt(0).toUpperCase()}${words.slice(1)} (${keyword})`;

/** IKEv1 has fewer numbers, one algorithm of a kind per proposal, and no way to name a PRF. */
function refuseInIkev1(proposal: Proposal): Refusal | undefined {
  const { phase } = proposal;
  const lists = [proposal.encryption, proposal.integrity, proposal.prf, proposal.keyExchange, proposal.esn];
  const missing = algorithmsOf(proposal).find((algorithm) => !algorithm.ikev1[phase]);
  if (missing) {
    const where = phase === 'ike' && isCombined(missing.keyword) ? 'IKE suites of IKEv2' : 'IKEv2';
    return {
      code: 'proposal_ikev1',
      message: `${named(missing)} can only be used with ${where}: IKEv1 has no number for it.`,
      part: missing.keyword,
    };
  }
  const several = lists.find((list) => list.length > 1);
  if (several) {
    return {
      code: 'proposal_ikev1_several',
      message: `IKEv1 takes one algorithm of each kind, and this suite has ${several.join(' and ')}. Make a suite for each.`,
      part: several[1] ?? '',
    };
  }
  const [prf] = proposal.prf;
  if (prf !== undefined && !derivedPrfs(proposal.integrity).includes(prf)) {
    return {
      code: 'proposal_ikev1_prf',
      message: `IKEv1 always uses its hash as the PRF, so ${prf} doesn’t go with ${proposal.integrity.join()}.`,
      part: prf,
    };
  }
  return undefined;
}

/**
 * Why a proposal that strongSwan reads can't be used in this product with this IKE version; undefined: it can. Refused is
 * what no replica could carry out (facts of kernel-libipsec and of IKEv1's numbers) and what would leave traffic unprotected.
 */
export function refuseProposal(proposal: Proposal, ikeVersion: IkeVersion): Refusal | undefined {
  const unusable = algorithmsOf(proposal).find((algorithm) => algorithm.unusable !== undefined);
  if (unusable) {
    const message = `${named(unusable)} can’t be used: ${unusable.unusable}.`;
    return { code: 'proposal_unusable', message, part: unusable.keyword };
  }
  const [first = ''] = proposal.encryption;
  if (proposal.integrity.length === 0 && !isCombined(first)) {
    const message = `${proposal.keywords} has no integrity algorithm, so traffic could be changed on its way. Add one, such as sha256.`;
    return { code: 'proposal_no_integrity', message, part: first };
  }
  if (proposal.phase === 'ike' && proposal.esn.length > 0) {
    const message = 'Extended sequence numbers belong to ESP suites.';
    return { code: 'proposal_esn_in_ike', message, part: proposal.esn.join('-') };
  }
  return ikeVersion === 1 ? refuseInIkev1(proposal) : undefined;
}
