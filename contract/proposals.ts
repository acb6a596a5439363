import { accept, refuse, type Refusal, type Result } from './result.ts';
import type { IkeVersion } from './vpns.ts';

export type Phase = 'ike' | 'esp';

/** One cipher suite. The lists hold strongSwan keywords in canonical spelling, in order of preference. */
export type Proposal = {
  phase: Phase;
  /** The whole suite as strongSwan reads it, such as `aes256-sha256-modp2048`. What is stored and sent. */
  keywords: string;
  encryption: string[];
  integrity: string[];
  prf: string[];
  keyExchange: string[];
  esn: ('esn' | 'noesn')[];
};

/** What strongSwan reads as one proposal, whether or not this product can carry it out. */
export function parseProposalGrammar(text: string, phase: Phase): Result<Proposal> {
  if (text === '') return refuse({ code: 'proposal_empty', message: 'Enter a cipher suite.' });
  return accept({
    phase,
    keywords: text,
    encryption: [text.split('-')[0] ?? ''],
    integrity: [],
    prf: [],
    keyExchange: [],
    esn: [],
  });
}

/** Why a proposal that strongSwan reads can't be used here, in this IKE version; undefined: it can. */
export function refuseProposal(_proposal: Proposal, _ikeVersion: IkeVersion): Refusal | undefined {
  return undefined;
}

/** Parses one cipher suite and applies both layers: strongSwan's grammar, and what can be carried out. */
export function parseProposal(text: string, phase: Phase, ikeVersion: IkeVersion): Result<Proposal> {
  const parsed = parseProposalGrammar(text, phase);
  if (!parsed.ok) return parsed;
  const refusal = refuseProposal(parsed.value, ikeVersion);
  return refusal ? refuse(refusal) : parsed;
}

/** In words: `AES-256 CBC, SHA-256, DH group 14`. */
export function describeProposal(proposal: Proposal): string {
  return proposal.keywords;
}

/** Why this suite is weak, a sentence each; empty: it isn't. */
export function weaknesses(_proposal: Proposal): string[] {
  return [];
}

/** Suites to offer in the form, strongest first. */
export function commonProposals(_phase: Phase, _ikeVersion: IkeVersion): string[] {
  return ['aes256-sha256-modp2048'];
}
