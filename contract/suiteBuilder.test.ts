import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProposalGrammar } from './proposalGrammar.ts';
import { refuseProposal } from './proposalPolicy.ts';
import { commonProposals, parseProposal, type Phase } from './proposals.ts';
import { choicesFor, choose, startingSuite, type PartKind } from './suiteBuilder.ts';
import { keywordsOf, partsOf, type SuiteContext, type SuiteParts } from './suiteParts.ts';
import { allAlgorithms } from './suites.ts';

const kinds: readonly PartKind[] = ['encryption', 'integrity', 'prf', 'keyExchange', 'secrecy'];
const contexts: readonly SuiteContext[] = [
  { phase: 'ike', ikeVersion: 1 },
  { phase: 'ike', ikeVersion: 2 },
  { phase: 'esp', ikeVersion: 1 },
  { phase: 'esp', ikeVersion: 2 },
];

function built(keywords: string, phase: Phase): SuiteParts {
  const parsed = parseProposalGrammar(keywords, phase);
  const parts = parsed.ok ? partsOf(parsed.value) : 'custom';
  if (parts === 'custom') throw new Error(`${keywords} can’t be shown in rows.`);
  return parts;
}

describe('choosing', () => {
  const ike2: SuiteContext = { phase: 'ike', ikeVersion: 2 };
  const esp2: SuiteContext = { phase: 'esp', ikeVersion: 2 };
  test.each<[string, SuiteContext, PartKind, string, string]>([
    ['aes256-sha256-modp2048', ike2, 'encryption', 'aes256gcm16', 'aes256gcm16-prfsha256-modp2048'],
    ['aes256gcm16-prfsha384-ecp384', ike2, 'encryption', 'aes256', 'aes256-sha384-ecp384'],
    ['aes256gcm16-prfsha384-ecp384', ike2, 'prf', 'prfsha512', 'aes256gcm16-prfsha512-ecp384'],
    ['aes256-sha256-modp2048', ike2, 'prf', 'prfsha384', 'aes256-sha256-prfsha384-modp2048'],
    ['aes256-sha256-prfsha384-modp2048', ike2, 'integrity', 'sha384', 'aes256-sha384-modp2048'],
    ['aes256-sha256-prfsha384-modp2048', ike2, 'prf', '', 'aes256-sha256-modp2048'],
    ['aes256-sha256-modp2048', esp2, 'encryption', 'aes128gcm16', 'aes128gcm16-modp2048'],
    ['aes128gcm16-modp2048', esp2, 'encryption', 'aes128', 'aes128-sha256-modp2048'],
    ['aes256-sha256-modp2048', esp2, 'secrecy', 'off', 'aes256-sha256'],
    ['aes256-sha256-modp2048', esp2, 'secrecy', 'optional', 'aes256-sha256-modp2048-none'],
    ['aes256gcm16', esp2, 'secrecy', 'always', 'aes256gcm16-ecp384'],
    ['aes256-sha256', esp2, 'secrecy', 'always', 'aes256-sha256-modp2048'],
  ])('%s %j: %s %s → %s', (before, context, kind, keyword, after) => {
    expect(keywordsOf(choose(built(before, context.phase), kind, keyword, context))).toBe(after);
  });
});

describe('rows', () => {
  const offered = (keywords: string, context: SuiteContext) =>
    kinds.filter((kind) => choicesFor(kind, built(keywords, context.phase), context).length > 0);
  test('a combined cipher has no row for integrity, and without perfect forward secrecy there is no group', () => {
    const ike: SuiteContext = { phase: 'ike', ikeVersion: 2 };
    const esp: SuiteContext = { phase: 'esp', ikeVersion: 2 };
    expect(offered('aes256gcm16-prfsha384-ecp384', ike)).toEqual(['encryption', 'prf', 'keyExchange']);
    expect(offered('aes256-sha256-modp2048', ike)).toEqual(['encryption', 'integrity', 'prf', 'keyExchange']);
    expect(offered('aes256gcm16', esp)).toEqual(['encryption', 'secrecy']);
    expect(offered('aes256-sha256-modp2048', esp)).toEqual([
      'encryption',
      'integrity',
      'keyExchange',
      'secrecy',
    ]);
  });

  test('what can’t be chosen says why, and what is weak too', () => {
    const parts = built('aes256-sha256-modp2048', 'ike');
    const choices = choicesFor('encryption', parts, { phase: 'ike', ikeVersion: 1 });
    expect(choices.find(({ keyword }) => keyword === 'aes256gcm16')).toEqual({
      keyword: 'aes256gcm16',
      words: 'AES-256 GCM',
      usual: false,
      refused: 'IKEv1 has no number for it',
    });
    expect(choices.find(({ keyword }) => keyword === '3des')?.weak).toMatch(/Sweet32/);
    const groups = choicesFor('keyExchange', parts, { phase: 'ike', ikeVersion: 2 });
    expect(groups.find(({ keyword }) => keyword === 'modp2048')?.words).toBe('Group 14 (modp2048)');
    expect(groups.find(({ keyword }) => keyword === 'mlkem768')?.refused).toMatch(/strongSwan 6/);
  });
});

describe('suites that rows can’t show', () => {
  test.each<[Phase, string]>([
    ['ike', 'aes128-aes256-sha256-modp2048'],
    ['ike', 'aes256-sha256-sha384-modp2048'],
    ['ike', 'aes256-sha256-modp2048-ecp256'],
    ['ike', 'aes256-sha256-modp2048-ke1_mlkem768'],
    ['esp', 'aes256-sha256-none-modp2048'],
    ['esp', 'aes256-sha256-esn'],
  ])('%s %s', (phase, text) => {
    const parsed = parseProposalGrammar(text, phase);
    expect(parsed.ok && partsOf(parsed.value)).toBe('custom');
  });
});

const chooseable = (kind: PartKind, parts: SuiteParts, context: SuiteContext): string[] =>
  choicesFor(kind, parts, context)
    .filter(({ refused }) => refused === undefined)
    .map(({ keyword }) => keyword);

const accepted = (text: string, { phase, ikeVersion }: SuiteContext) =>
  parseProposal(text, phase, ikeVersion).ok;

describe.each(contexts)('$phase suites of IKEv$ikeVersion', (context) => {
  const starts = commonProposals(context.phase, context.ikeVersion);

  test('whatever is chosen one after the other from what is offered, the suite is accepted', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat()), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...starts), steps, (start, chosen) => {
        let parts = built(start, context.phase);
        for (const [kind, nth] of chosen) {
          const choices = chooseable(kind, parts, context);
          const choice = choices[nth % Math.max(1, choices.length)];
          if (choice === undefined) continue;
          parts = choose(parts, kind, choice, context);
          const keywords = keywordsOf(parts);
          expect(accepted(keywords, context), keywords).toBe(true);
          expect(built(keywords, context.phase)).toEqual(parts);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what is refused to be chosen would be refused as a suite', () => {
    for (const start of starts) {
      const parts = built(start, context.phase);
      for (const kind of kinds) {
        for (const { keyword, refused } of choicesFor(kind, parts, context)) {
          const keywords = keywordsOf({ ...choose(parts, kind, keyword, context), [kind]: keyword });
          if (refused !== undefined && kind !== 'secrecy') {
            expect(accepted(keywords, context), keywords).toBe(false);
          }
        }
      }
    }
  });

  test('nothing that is accepted is missing: every suite of single algorithms can be built', () => {
    const of = (kind: string) =>
      allAlgorithms
        .filter((one) => one.kind === kind && one.unusable === undefined)
        .map(({ keyword }) => keyword);
    const offered = new Map<string, ReadonlySet<string>>();
    /** Whether a row holds what the suite has, by itself or by not being there. */
    const offers = (kind: PartKind, parts: SuiteParts): boolean => {
      const { encryption, integrity, secrecy } = parts;
      const row = [kind, encryption, kind === 'prf' ? integrity : '', secrecy].join();
      const choices = offered.get(row) ?? new Set(chooseable(kind, parts, context));
      offered.set(row, choices);
      return choices.size === 0 ? parts[kind] === '' || kind === 'secrecy' : choices.has(parts[kind]);
    };
    let count = 0;
    for (const encryption of of('encryption')) {
      for (const integrity of ['', ...of('integrity')]) {
        for (const prf of context.phase === 'esp' ? [''] : ['', ...of('prf')]) {
          for (const group of ['', ...of('keyExchange'), 'modp2048-none']) {
            const text = [encryption, integrity, prf, group].filter((part) => part !== '').join('-');
            const parsed = parseProposalGrammar(text, context.phase);
            if (!parsed.ok || refuseProposal(parsed.value, context.ikeVersion)) continue;
            const parts = built(parsed.value.keywords, context.phase);
            count += 1;
            const lacking = kinds.find((kind) => !offers(kind, parts));
            if (lacking !== undefined) throw new Error(`${text} can’t be built: ${lacking}`);
          }
        }
      }
    }
    expect(count).toBeGreaterThan(300);
  });

  test('a new suite starts from one that isn’t listed', () => {
    expect(startingSuite([], context)).toBe(starts[0]);
    expect(startingSuite(starts.slice(0, 2), context)).toBe(starts[2]);
    expect(accepted(startingSuite(starts, context), context)).toBe(true);
  });
});
