import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProposalGrammar } from './proposalGrammar.ts';
import { commonProposals, describeProposal, parseProposal, weaknesses, type Phase } from './proposals.ts';
import { allKeywords } from './suites.ts';

const parsed = (text: string, phase: Phase) => {
  const result = parseProposalGrammar(text, phase);
  if (!result.ok) throw new Error(`${text}: ${result.refusal.message}`);
  return result.value;
};

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
