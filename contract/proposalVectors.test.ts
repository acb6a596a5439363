import { describe, expect, test } from 'vitest';
import { parseProposalGrammar } from './proposalGrammar.ts';
import { refuseProposal } from './proposalPolicy.ts';
import { weaknesses, type Phase } from './proposals.ts';
import vectors from './vectors/proposals.json';

const cases = vectors.map((vector) => ({
  ...vector,
  phase: vector.phase === 'ike' ? ('ike' as const) : ('esp' as const),
}));
const parsed = (text: string, phase: Phase) => {
  const result = parseProposalGrammar(text, phase);
  if (!result.ok) throw new Error(`${text}: ${result.refusal.message}`);
  return result.value;
};

describe('vectors, strongSwan’s grammar', () => {
  test.each(cases)('$phase $input: $valid ($reason)', ({ phase, input, valid }) => {
    expect(parseProposalGrammar(input, phase).ok).toBe(valid);
  });

  /** strongSwan prints `IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048`. */
  test.each(cases.filter(({ strongswan_5_9_8 }) => strongswan_5_9_8 !== null))(
    '$phase $input has the algorithms of $strongswan_5_9_8',
    ({ phase, input, strongswan_5_9_8 }) => {
      const printed = (strongswan_5_9_8 ?? '').slice(4).split('/');
      const count = (pattern: RegExp) => printed.filter((name) => pattern.test(name)).length;
      const proposal = parsed(input, phase);
      expect(proposal.prf).toHaveLength(count(/^PRF_/));
      expect(proposal.integrity).toHaveLength(count(/^(?:HMAC_|AES_CMAC|AES_XCBC|CAMELLIA_XCBC)/));
      expect(proposal.keyExchange).toHaveLength(count(/^(?:MODP|ECP|CURVE|KE_NONE)/));
      expect(proposal.encryption.length + proposal.keyExchange.length + proposal.integrity.length).toBe(
        printed.length - count(/^(?:PRF_|EXT_SEQ|NO_EXT_SEQ)/),
      );
    },
  );
});

describe('vectors, what can be carried out', () => {
  const valid = cases.filter((vector) => vector.valid);
  const several = (text: string, phase: Phase) => {
    const { encryption, integrity, keyExchange } = parsed(text, phase);
    return [encryption, integrity, keyExchange].some((list) => list.length > 1);
  };

  test.each(valid)('$phase $input with IKEv2', ({ phase, input, libipsec_ok }) => {
    expect(refuseProposal(parsed(input, phase), 2) === undefined).toBe(libipsec_ok !== false);
  });

  test.each(valid)('$phase $input with IKEv1', ({ phase, input, libipsec_ok, ikev1_encodable }) => {
    const possible = libipsec_ok !== false && ikev1_encodable !== false && !several(input, phase);
    expect(refuseProposal(parsed(input, phase), 1) === undefined).toBe(possible);
  });

  test.each(valid)('$phase $input is weak: $weak', ({ phase, input, weak }) => {
    const reasons = weaknesses(parsed(input, phase)).filter(
      (reason) => !reason.startsWith('Without perfect'),
    );
    expect(reasons.length > 0).toBe(weak === true);
  });
});
