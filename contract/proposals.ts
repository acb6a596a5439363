import { parseProposalGrammar } from './proposalGrammar.ts';
import { algorithmsOf, refuseProposal } from './proposalPolicy.ts';
import { repairProposal } from './proposalRepair.ts';
import { accept, refuse, type Result } from './result.ts';
import { findAlgorithm } from './suites.ts';
import type { IkeVersion } from './vpns.ts';

/** Phase 1 (the IKE_SA) or phase 2 (the CHILD_SA, traffic). */
export type Phase = 'ike' | 'esp';

/**
 * One cipher suite. The lists hold strongSwan's keywords in canonical spelling, in order of preference. In an ESP suite
 * `keyExchange` is the group for perfect forward secrecy, empty without; `none` beside a group makes it optional.
 */
export type Proposal = {
  phase: Phase;
  /** The whole suite as strongSwan reads it, such as `aes256-sha256-modp2048`: what is stored and sent. */
  keywords: string;
  encryption: string[];
  integrity: string[];
  prf: string[];
  keyExchange: string[];
  additional: string[];
  esn: string[];
};

function parseUsable(text: string, phase: Phase, ikeVersion: IkeVersion): Result<Proposal> {
  const parsed = parseProposalGrammar(text, phase);
  if (!parsed.ok && parsed.refusal.code === 'proposal_no_prf' && ikeVersion === 1) {
    // Adding the PRF would only lead to the next refusal: say at once that IKEv1 can’t carry the cipher.
    const completed = parseUsable(`${text}-prfsha256`, phase, ikeVersion);
    return completed.ok ? parsed : completed;
  }
  if (!parsed.ok) return parsed;
  const refusal = refuseProposal(parsed.value, ikeVersion);
  return refusal ? refuse(refusal) : parsed;
}

/**
 * Parses one cipher suite in two layers: strongSwan's grammar, then what this product can carry out with this IKE version.
 * The result is canonical: aliases resolved, duplicates and what strongSwan ignores dropped. Warnings say why it is weak.
 * A refusal names the wrong part and, where it can be told what was meant, suggests a suite that is accepted.
 */
export function parseProposal(text: string, phase: Phase, ikeVersion: IkeVersion): Result<Proposal> {
  const parsed = parseUsable(text, phase, ikeVersion);
  if (!parsed.ok) {
    // Far too long is no slip of writing, and working on it would take long, too.
    const long = parsed.refusal.code === 'proposal_long';
    const suggestion = long ? undefined : repairProposal(text, phase, ikeVersion);
    return suggestion === undefined ? parsed : refuse({ ...parsed.refusal, suggestion });
  }
  const reasons = weaknesses(parsed.value);
  return accept(
    parsed.value,
    reasons.map((message) => ({ code: 'proposal_weak', message })),
  );
}

/** Why an ESP suite without a key exchange of its own is weak. */
export const WITHOUT_PFS =
  'Without perfect forward secrecy, one leaked key opens the traffic of the whole IKE lifetime.';

/** Why this suite is weak, a sentence each; empty: it isn't. */
export function weaknesses(proposal: Proposal): string[] {
  const reasons = algorithmsOf(proposal).flatMap(({ weak }) => weak ?? []);
  if (proposal.phase === 'esp' && proposal.keyExchange.length === 0) {
    reasons.push(WITHOUT_PFS);
  }
  return [...new Set(reasons)];
}

const words = (keywords: readonly string[]): string =>
  keywords.map((keyword) => findAlgorithm(keyword)?.words ?? keyword).join(' or ');

/** `group 14 or 15`. */
const groups = (keywords: readonly string[]): string =>
  words(keywords.filter((keyword) => keyword !== 'none')).replaceAll(' or group', ' or');

/** In words: `AES-256 CBC, SHA-256, DH group 14`; ESP: `AES-256 CBC, SHA-256, perfect forward secrecy with group 14`. */
export function describeProposal(proposal: Proposal): string {
  const parts = [words(proposal.encryption)];
  if (proposal.integrity.length > 0) parts.push(words(proposal.integrity));
  const spelledPrf = proposal.prf.filter((prf) => proposal.keywords.split('-').includes(prf));
  if (spelledPrf.length > 0) parts.push(words(spelledPrf));
  const group = groups(proposal.keyExchange);
  if (proposal.phase === 'ike') parts.push(`DH ${group}`);
  else if (group === '') parts.push('no perfect forward secrecy');
  else {
    const optional = proposal.keyExchange.includes('none') ? 'optional ' : '';
    parts.push(`${optional}perfect forward secrecy with ${group}`);
  }
  return parts.join(', ');
}

const common = {
  ike: [
    'aes256gcm16-prfsha384-ecp384',
    'aes256gcm16-prfsha256-curve25519',
    'chacha20poly1305-prfsha256-curve25519',
    'aes128gcm16-prfsha256-ecp256',
    'aes256-sha384-ecp384',
    'aes256-sha512-modp4096',
    'aes256-sha256-ecp256',
    'aes256-sha256-modp2048',
    'aes128-sha256-modp2048',
  ],
  esp: [
    'aes256gcm16-ecp384',
    'aes256gcm16-curve25519',
    'chacha20poly1305-curve25519',
    'aes128gcm16-ecp256',
    'aes256-sha384-ecp384',
    'aes256-sha512-modp4096',
    'aes256-sha256-ecp256',
    'aes256-sha256-modp2048',
    'aes128-sha256-modp2048',
    'aes256gcm16',
    'aes256-sha256',
  ],
} as const;

/** Suites to offer in the form, strongest first; whatever else strongSwan knows can be typed. */
export const commonProposals = (phase: Phase, ikeVersion: IkeVersion): string[] =>
  common[phase].filter((keywords) => {
    const parsed = parseProposalGrammar(keywords, phase);
    return parsed.ok && !refuseProposal(parsed.value, ikeVersion);
  });
