import { expect, test } from 'vitest';
import { locatePart } from './proposalPart.ts';
import { parseProposal, type Phase } from './proposals.ts';

/** The part that would be underlined, between brackets. */
function marked(text: string, phase: Phase, version: 1 | 2): string | undefined {
  const parsed = parseProposal(text, phase, version);
  const range = parsed.ok ? undefined : locatePart(text, parsed.refusal);
  if (range === undefined) return undefined;
  return `${text.slice(0, range.start)}[${text.slice(range.start, range.end)}]${text.slice(range.end)}`;
}

test.each<[string, Phase, 1 | 2, string | undefined]>([
  ['aes256-sha3-modp2048', 'ike', 2, 'aes256-[sha3]-modp2048'],
  [' aes256 - sha3 - modp2048', 'ike', 2, ' aes256 - [sha3] - modp2048'],
  ['aes256gcm-prfsha384-ecp384', 'ike', 1, '[aes256gcm]-prfsha384-ecp384'],
  ['aes128-aes256-sha256-modp2048', 'ike', 1, 'aes128-[aes256]-sha256-modp2048'],
  ['aes256-sha256-prfsha384-modp2048', 'ike', 1, 'aes256-sha256-[prfsha384]-modp2048'],
  ['aes256-sha256-modp2048!', 'ike', 2, 'aes256-sha256-modp2048[!]'],
  ['aes256-sha256;modp2048', 'ike', 2, 'aes256-sha256[;]modp2048'],
  ['aes256–sha256', 'esp', 2, 'aes256[–]sha256'],
  ['aes256gcm16-ecp384', 'ike', 2, '[aes256gcm16]-ecp384'],
  ['aes256-sha256', 'ike', 2, '[aes256-sha256]'],
  ['aes256-sha256-modp2048-esn', 'esp', 2, 'aes256-sha256-modp2048-[esn]'],
  ['modp2048', 'esp', 2, '[modp2048]'],
  ['aes256-sha256-modp2048', 'esp', 2, undefined],
  ['  ', 'esp', 2, undefined],
])('%j as %s, IKEv%i: %j', (text, phase, version, expected) => {
  expect(marked(text, phase, version)).toBe(expected);
});
