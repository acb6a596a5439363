import { describe, expect, test } from 'vitest';
import { parseProposal, type Phase } from './proposals.ts';

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
