import { isCombined, parseProposalGrammar } from './proposalGrammar.ts';
import { refuseProposal } from './proposalPolicy.ts';
import type { Phase } from './proposals.ts';
import { plainText } from './shownText.ts';
import { findAlgorithm } from './suites.ts';
import type { IkeVersion } from './vpns.ts';

/** DH groups by the numbers that appliances call them. */
const groupKeyword = (number: string): string | undefined =>
  [
    'modp1024',
    'modp1536',
    'modp2048',
    'modp3072',
    'modp4096',
    'modp6144',
    'modp8192',
    'ecp256',
    'ecp384',
    'ecp521',
  ]
    .concat([
      'modp768',
      'modp2048s224',
      'modp2048s256',
      'ecp256bp',
      'ecp384bp',
      'ecp512bp',
      'curve25519',
      'curve448',
    ])
    .find((keyword) => findAlgorithm(keyword)?.words === `group ${number}`);

/** What other products and people call strongSwan's keywords; an empty replacement drops the word. */
const otherNames: readonly (readonly [RegExp, string | ((...groups: string[]) => string)])[] = [
  [
    /^(?:dh|group|dhgroup|dhgrp|grp|g|pfs|pfsgroup)?_?(\d{1,2})$/,
    (_, number = '') => groupKeyword(number) ?? `group${number}`,
  ],
  [/^(modp|ecp|curve|x)_(\d+)$/, '$1$2'],
  [/^(?:nist)?p(256|384|521)$/, 'ecp$1'],
  [/^secp(256|384|521)r1$/, 'ecp$1'],
  [/^ecp512$/, 'ecp521'],
  [/^brainpoolp?(224|256|384|512)r1$/, 'ecp$1bp'],
  [/^modp(14|15|16|17|18)$/, (_, number = '') => groupKeyword(number) ?? ''],
  [/^(?:25519|ed25519|curve_25519|x_25519)$/, 'curve25519'],
  [/^(?:448|ed448)$/, 'curve448'],
  [/^aes_?(?:cbc)?_?(128|192|256)_?(?:cbc)?$/, 'aes$1'],
  [
    /^aes_?gcm_?(128|192|256)$|^aes_?(128|192|256)_?gcm_?(?:16)?$/,
    (_, after, before) => `aes${after ?? before}gcm16`,
  ],
  [/^(?:chacha20|chachapoly|chapoly|chacha20_?poly_?1305)$/, 'chacha20poly1305'],
  [/^(?:tripledes|des3|3des_?cbc|3des_?168)$/, '3des'],
  [/^(?:hmac)?_?sha_?(?:2_)?(256|384|512)(?:_?128|_?192|_?256)?$/, 'sha$1'],
  [/^(?:hmac)?_?sha_?1(?:_?96)?$/, 'sha1'],
  [/^hmac_?md5(?:_?96)?$/, 'md5'],
  [/^sha2$/, 'sha256'],
  [/^prf_?(?:hmac)?_?sha_?(?:2_)?(1|256|384|512)$/, 'prfsha$1'],
  [/^sha2?_?256_96$/, 'sha256'],
  [
    /^(?:ike|esp|ikev1|ikev2|ah|cbc|hmac|pfs|icv(?:8|12|16)|nopfs|phase1|phase2|phase2alg|(?:esp_)?proposals)$/,
    '',
  ],
];

/** The keywords that a word stands for; the word itself when nothing is known about it. */
function translate(word: string): string[] {
  if (findAlgorithm(word) && !word.endsWith('_96')) return [word];
  const found = otherNames.find(([pattern]) => pattern.test(word));
  if (found) {
    const [pattern, replacement] = found;
    const groups = pattern.exec(word) ?? [];
    return [typeof replacement === 'string' ? word.replace(pattern, replacement) : replacement(...groups)];
  }
  return word.includes('_') ? word.split('_').flatMap(translate) : [word];
}

/** Words that products separate but strongSwan joins: `AES-256`, `SHA2-256`, `DH-group-14`, `AES-GCM-256`. */
const joinWords = (text: string): string =>
  text
    .replace(
      /\baes-(gcm-|cbc-|)(128|192|256)(?:-(cbc|gcm))?(?=-|$)/g,
      (_, before: string, bits: string, after = '') =>
        `aes${bits}${/gcm/.test(before + after) ? 'gcm16' : ''}`,
    )
    .replace(
      /\b(prf-?)?(?:hmac-)?sha-?(?:2-)?(1|256|384|512)(?=-|$)/g,
      (_, prf: string | undefined, bits: string) => `${prf === undefined ? '' : 'prf'}sha${bits}`,
    )
    .replace(
      /\b(?:dh-?)?(?:group|grp)-(\d{1,2})(?=-|$)|\bdh-(\d{1,2})(?=-|$)/g,
      (_, a, b) => `group${a ?? b}`,
    )
    .replace(/\b(modp|ecp|curve|x)-(\d+)(?=-|$)/g, '$1$2')
    .replace(/\bchacha20-poly1305\b/g, 'chacha20poly1305')
    .replace(/\b(aes(?:128|192|256)gcm(?:16)?)-(?:16|128|256)(?=-|$)/g, '$1');

const one = (tokens: readonly string[], kind: string): string[] =>
  tokens.filter((token) => findAlgorithm(token)?.kind === kind).slice(0, 1);

/** The nearest suite for IKEv1: one algorithm of each kind, and a classic cipher where it has no number for the combined one. */
function forIkev1(tokens: readonly string[], phase: Phase): string[] {
  const [cipher = ''] = one(tokens, 'encryption');
  const [prf] = one(tokens, 'prf');
  const [group] = one(
    tokens.filter((token) => token !== 'none' && token !== 'modpnone'),
    'keyExchange',
  );
  const [integrity = prf?.slice('prf'.length) ?? 'sha256'] = one(tokens, 'integrity');
  const algorithm = findAlgorithm(cipher);
  const carried = algorithm?.ikev1[phase] === true || algorithm?.unusable !== undefined;
  const bits = /128|192|256/.exec(cipher)?.[0] ?? '256';
  const combined = carried && isCombined(cipher);
  const hash = findAlgorithm(integrity)?.ikev1[phase] === true ? integrity : 'sha256';
  return [
    carried ? cipher : `aes${bits}`,
    ...(combined ? [] : [hash]),
    ...(group === undefined ? [] : [group]),
  ];
}

/** The PRF to name beside a combined cipher, by the cipher's strength. */
export const fittingPrf = (cipher: string): string => (cipher.includes('256') ? 'prfsha384' : 'prfsha256');

/** The key exchange of about a cipher's strength that gateways with this cipher have. */
export function fittingGroup(cipher: string): string {
  if (!isCombined(cipher)) return 'modp2048';
  return cipher.includes('256') ? 'ecp384' : 'ecp256';
}

/** Adds what a suite can't do without, matching the strength of its cipher. */
function complete(tokens: readonly string[], phase: Phase): string[] {
  const has = (kind: string) => one(tokens, kind).length > 0;
  const [cipher] = one(tokens, 'encryption');
  if (cipher === undefined) return [...tokens];
  const added = [...tokens];
  if (!isCombined(cipher) && !has('integrity')) added.push('sha256');
  if (phase === 'esp') return added;
  if (isCombined(cipher) && !has('integrity') && !has('prf')) added.push(fittingPrf(cipher));
  if (
    !tokens.some((token) => findAlgorithm(token)?.kind === 'keyExchange' && !/^(?:modp)?none$/.test(token))
  ) {
    added.push(fittingGroup(cipher));
  }
  return added;
}

/**
 * What was probably meant by a suite that is refused, as canonical keywords that both layers accept; undefined where it
 * can't be told. Knows look-alike dashes, upper case, other products' names and separators, and missing parts.
 */
export function repairProposal(text: string, phase: Phase, ikeVersion: IkeVersion): string | undefined {
  const plain = plainText(text).toLowerCase();
  const lists = plain.split(',').filter((suite) => suite.trim() !== '');
  if (lists.length > 1 && lists.some((suite) => suite.includes('-'))) return undefined;
  const dashed = plain
    .replace(/["'!]/g, '')
    .replace(/[\s,;:/+|=]+/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
  const tokens = joinWords(dashed).split('-').flatMap(translate);
  const usable = tokens.filter((token) => token !== '' && token !== 'esn' && token !== 'noesn');
  const completed = complete(usable, phase);
  const candidates = ikeVersion === 1 ? [completed, forIkev1(completed, phase)] : [completed];
  for (const candidate of candidates) {
    const parsed = parseProposalGrammar(candidate.join('-'), phase);
    if (!parsed.ok) return undefined;
    if (!refuseProposal(parsed.value, ikeVersion)) return parsed.value.keywords;
  }
  return undefined;
}
