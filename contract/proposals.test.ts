import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProposalGrammar } from './proposalGrammar.ts';
import { refuseProposal } from './proposalPolicy.ts';
import { commonProposals, describeProposal, parseProposal, weaknesses, type Phase } from './proposals.ts';
import { allKeywords } from './suites.ts';
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

describe('canonical keywords', () => {
  test.each<[Phase, string, string]>([
    ['ike', 'modp2048-sha2_256-aes256', 'aes256-sha256-modp2048'],
    ['ike', ' aes - sha --modp2048-', 'aes128-sha1-modp2048'],
    ['ike', 'aes256-sha256-prfsha256-modp2048', 'aes256-sha256-modp2048'],
    ['ike', 'aes256-sha256-prfsha384-modp2048', 'aes256-sha256-prfsha384-modp2048'],
    ['ike', 'aes256gcm-sha384-ecp384', 'aes256gcm16-prfsha384-ecp384'],
    ['ike', 'aes256gcm128-prfsha384-x25519-none', 'aes256gcm16-prfsha384-curve25519'],
    ['ike', 'aes256-aes256-sha256-modp2048-modp2048', 'aes256-sha256-modp2048'],
    [
      'ike',
      'aes256-sha256-modp2048-ke2_x448-ke1_mlkem768',
      'aes256-sha256-modp2048-ke2_curve448-ke1_mlkem768',
    ],
    ['esp', 'aes256-sha256-prfsha256-noesn', 'aes256-sha256'],
    ['esp', 'aes256gcm64-sha256', 'aes256gcm8'],
    ['esp', 'aes256-sha256-none', 'aes256-sha256'],
    ['esp', 'aes256-sha256-modp2048-modpnone', 'aes256-sha256-modp2048-none'],
  ])('%s %s → %s', (phase, text, keywords) => expect(parsed(text, phase).keywords).toBe(keywords));
});

describe('refusals', () => {
  const ecp384 = 'aes256gcm16-prfsha384-ecp384';
  const guide = 'aes256-sha256-modp2048';
  const word = (token: string, text: string) => `“${token}” in ${text} is not a keyword of strongSwan.`;
  const kernel =
    'Extended sequence numbers (esn) can’t be used: they don’t work where replicas have no IPsec in the kernel (kernel-libipsec).';
  test.each<[string, Phase, 1 | 2, string, string, string | undefined]>([
    ['', 'ike', 2, 'proposal_empty', `Enter a cipher suite, such as ${guide}.`, undefined],
    [
      'aes256–sha256–modp2048',
      'ike',
      2,
      'proposal_character',
      '“aes256–sha256–modp2048” holds “–” (U+2013). Join the keywords with plain dashes.',
      guide,
    ],
    [
      'aes256-sha256\nauto=start',
      'esp',
      2,
      'proposal_character',
      '“aes256-sha256‹U+000A›auto=start” holds a line break. Join the keywords with plain dashes.',
      undefined,
    ],
    [
      `${guide}!`,
      'ike',
      2,
      'proposal_strict',
      `“${guide}!” holds “!”, which belongs in ipsec.conf only. Suites are always exact here.`,
      guide,
    ],
    [
      'aes256-sha256;modp2048',
      'ike',
      2,
      'proposal_character',
      '“aes256-sha256;modp2048” holds “;”. Join the keywords with dashes.',
      guide,
    ],
    [
      `${guide},aes128-sha1-modp2048`,
      'ike',
      2,
      'proposal_list',
      `“${guide},aes128-sha1-modp2048” holds 2 suites. Add each by itself.`,
      undefined,
    ],
    [
      'aes256,sha256',
      'esp',
      2,
      'proposal_list',
      '“aes256,sha256” holds a comma. Join the keywords with dashes.',
      'aes256-sha256',
    ],
    ['AES-256-SHA256-DH14', 'ike', 2, 'proposal_keyword', word('AES', 'AES-256-SHA256-DH14'), guide],
    ['AES256-SHA256-MODP2048', 'ike', 2, 'proposal_keyword', word('AES256', 'AES256-SHA256-MODP2048'), guide],
    [
      'aes256_sha256_modp2048',
      'ike',
      2,
      'proposal_keyword',
      '“aes256_sha256_modp2048” is not a keyword of strongSwan.',
      guide,
    ],
    [
      'aes-cbc-256-hmac-sha2-512-group-21',
      'ike',
      2,
      'proposal_keyword',
      word('cbc', 'aes-cbc-256-hmac-sha2-512-group-21'),
      'aes256-sha512-ecp521',
    ],
    [
      '3DES/SHA1/Group 2',
      'ike',
      1,
      'proposal_character',
      '“3DES/SHA1/Group 2” holds “/”. Join the keywords with dashes.',
      '3des-sha1-modp1024',
    ],
    [
      'aes256-sha256-ecp512',
      'esp',
      2,
      'proposal_keyword',
      word('ecp512', 'aes256-sha256-ecp512'),
      'aes256-sha256-ecp521',
    ],
    ['aes256-sha3-modp2048', 'ike', 2, 'proposal_keyword', word('sha3', 'aes256-sha3-modp2048'), undefined],
    [
      'default',
      'esp',
      2,
      'proposal_keyword',
      '“default” stands for whatever strongSwan prefers. Name the algorithms, so that both sides match.',
      undefined,
    ],
    [
      'modp2048',
      'ike',
      2,
      'proposal_no_encryption',
      'modp2048 has no encryption algorithm. Start with one, such as aes256.',
      undefined,
    ],
    [
      'aes256gcm16-aes256-sha256',
      'esp',
      2,
      'proposal_mixed',
      'aes256gcm16-aes256-sha256 mixes aes256gcm16 with aes256: one has its own integrity check, the other hasn’t. Make two suites.',
      undefined,
    ],
    [
      'aes256gcm16-ecp384',
      'ike',
      2,
      'proposal_no_prf',
      'aes256gcm16-ecp384 has no PRF, which AES-256 GCM needs in IKE suites. Add one, such as prfsha256.',
      ecp384,
    ],
    [
      'aes128gcm16-ecp256',
      'ike',
      2,
      'proposal_no_prf',
      'aes128gcm16-ecp256 has no PRF, which AES-128 GCM needs in IKE suites. Add one, such as prfsha256.',
      'aes128gcm16-prfsha256-ecp256',
    ],
    [
      'aes256-sha256_96-modp2048',
      'ike',
      2,
      'proposal_no_prf',
      'aes256-sha256_96-modp2048 has no PRF, and none can be derived from sha256_96. Add one, such as prfsha256.',
      guide,
    ],
    [
      'aes256-modp2048',
      'ike',
      2,
      'proposal_no_integrity',
      'aes256-modp2048 has no integrity algorithm. Add one, such as sha256.',
      guide,
    ],
    [
      'aes256-sha256',
      'ike',
      2,
      'proposal_no_key_exchange',
      'aes256-sha256 has no key exchange (DH group), which IKE suites need. Add one, such as modp2048.',
      guide,
    ],
    [
      'aes256',
      'esp',
      2,
      'proposal_no_integrity',
      'aes256 has no integrity algorithm, so traffic could be changed on its way. Add one, such as sha256.',
      'aes256-sha256',
    ],
    [
      'null-sha256',
      'esp',
      2,
      'proposal_unusable',
      'No encryption (null) can’t be used: it doesn’t encrypt anything.',
      undefined,
    ],
    ['aes256-sha256-modp2048-esn', 'esp', 2, 'proposal_unusable', kernel, guide],
    [
      'aes256-sha256-modp2048-noesn',
      'ike',
      2,
      'proposal_esn_in_ike',
      'Extended sequence numbers belong to ESP suites.',
      guide,
    ],
    [
      'aes256-sha384-mlkem768',
      'ike',
      2,
      'proposal_unusable',
      'mlkem768 can’t be used: it needs strongSwan 6, which replicas don’t always have.',
      undefined,
    ],
    [
      ecp384,
      'ike',
      1,
      'proposal_ikev1',
      'AES-256 GCM (aes256gcm16) can only be used with IKE suites of IKEv2: IKEv1 has no number for it.',
      'aes256-sha384-ecp384',
    ],
    [
      'aes256gcm16-ecp384',
      'ike',
      1,
      'proposal_ikev1',
      'AES-256 GCM (aes256gcm16) can only be used with IKE suites of IKEv2: IKEv1 has no number for it.',
      'aes256-sha384-ecp384',
    ],
    [
      'chacha20poly1305-x25519',
      'esp',
      1,
      'proposal_ikev1',
      'ChaCha20-Poly1305 (chacha20poly1305) can only be used with IKEv2: IKEv1 has no number for it.',
      'aes256-sha256-curve25519',
    ],
    [
      'aes128-aes256-sha256-modp2048',
      'ike',
      1,
      'proposal_ikev1_several',
      'IKEv1 takes one algorithm of each kind, and this suite has aes128 and aes256. Make a suite for each.',
      'aes128-sha256-modp2048',
    ],
    [
      'aes256-sha256-prfsha384-modp2048',
      'ike',
      1,
      'proposal_ikev1_prf',
      'IKEv1 always uses its hash as the PRF, so prfsha384 doesn’t go with sha256.',
      guide,
    ],
  ])('%j as %s, IKEv%i: %s', (text, phase, version, code, message, suggestion) => {
    const result = parseProposal(text, phase, version);
    expect(result).toMatchObject({ ok: false, refusal: { code, message } });
    expect(result.ok ? undefined : result.refusal.suggestion).toBe(suggestion);
  });

  test('text that is too long', () => {
    expect(parseProposal('aes256-'.repeat(400), 'esp', 2)).toMatchObject({
      refusal: { code: 'proposal_long' },
    });
  });
});

describe('in words', () => {
  test.each<[Phase, string, string]>([
    ['ike', 'aes256-sha256-modp2048', 'AES-256 CBC, SHA-256, DH group 14'],
    ['ike', 'aes256gcm16-prfsha384-ecp384', 'AES-256 GCM, PRF SHA-384, DH group 20'],
    ['ike', 'aes128-aes256-sha256-modp2048-ecp256', 'AES-128 CBC or AES-256 CBC, SHA-256, DH group 14 or 19'],
    ['ike', 'aes256-sha256-prfsha384-modp2048', 'AES-256 CBC, SHA-256, PRF SHA-384, DH group 14'],
    ['esp', 'aes256-sha256-modp2048', 'AES-256 CBC, SHA-256, perfect forward secrecy with group 14'],
    ['esp', 'aes256gcm16-ecp384', 'AES-256 GCM, perfect forward secrecy with group 20'],
    ['esp', 'aes256gcm12', 'AES-256 GCM with 12-byte tags, no perfect forward secrecy'],
    [
      'esp',
      'aes256-sha256-modp2048-none',
      'AES-256 CBC, SHA-256, optional perfect forward secrecy with group 14',
    ],
  ])('%s %s: %s', (phase, text, words) => expect(describeProposal(parsed(text, phase))).toBe(words));

  test('weak suites say why, as warnings too', () => {
    const result = parseProposal('3des-sha1', 'esp', 1);
    const messages = [
      '3DES has 64-bit blocks, which leak data on long connections (Sweet32).',
      'SHA-1 is outdated. Use SHA-256 where the gateway can.',
      'Without perfect forward secrecy, one leaked key opens the traffic of the whole IKE lifetime.',
    ];
    expect(weaknesses(parsed('3des-sha1', 'esp'))).toEqual(messages);
    expect(result.ok && result.warnings).toEqual(
      messages.map((message) => ({ code: 'proposal_weak', message })),
    );
    expect(weaknesses(parsed('aes256-sha256-modp2048', 'esp'))).toEqual([]);
  });
});

const versions = fc.constantFrom<1 | 2>(1, 2);
const phases = fc.constantFrom<Phase>('ike', 'esp');

describe('properties', () => {
  const keyword = fc.constantFrom(
    ...allKeywords(),
    'ke1_mlkem768',
    '',
    ' aes256 ',
    'AES256',
    'dh14',
    '256',
    'foo',
  );
  const nearly = fc.array(keyword, { maxLength: 6 }).map((parts) => parts.join('-'));
  const anyText = fc.oneof(
    { weight: 5, arbitrary: nearly },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );

  test('the canonical keywords are accepted, mean the same, and are safe in a configuration file', () => {
    fc.assert(
      fc.property(anyText, phases, (text, phase) => {
        const result = parseProposalGrammar(text, phase);
        if (!result.ok) return;
        expect(result.value.keywords).toMatch(/^[a-z0-9_]+(?:-[a-z0-9_]+)*$/);
        expect(parseProposalGrammar(result.value.keywords, phase)).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });

  test('no text makes it throw, and every suggestion is accepted as it is', () => {
    fc.assert(
      fc.property(anyText, phases, versions, (text, phase, version) => {
        const result = parseProposal(text, phase, version);
        if (result.ok || result.refusal.suggestion === undefined) return;
        expect(parseProposal(result.refusal.suggestion, phase, version)).toMatchObject({
          ok: true,
          value: { keywords: result.refusal.suggestion },
        });
      }),
      { numRuns: 3000 },
    );
  });
});

test.each<[Phase, 1 | 2]>([
  ['ike', 1],
  ['ike', 2],
  ['esp', 1],
  ['esp', 2],
])('the common %s suites for IKEv%i are accepted, canonical, and hold the guide’s', (phase, version) => {
  const suites = commonProposals(phase, version);
  expect(suites).toContain('aes256-sha256-modp2048');
  for (const text of suites) {
    expect(parseProposal(text, phase, version)).toMatchObject({ ok: true, value: { keywords: text } });
  }
});
