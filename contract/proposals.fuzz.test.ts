import { expect, test } from 'vitest';
import { diceOf, mutate, quickest } from './fuzzText.testing.ts';
import { locatePart } from './proposalPart.ts';
import { parseProposal, type Phase } from './proposals.ts';
import { allAlgorithms, allKeywords } from './suites.ts';
import vectors from './vectors/proposals.json';

const INPUTS = 60_000;
/** Milliseconds; the longest inputs have 20,000 characters. */
const SLOW = 25;

const phaseOf = (text: string): Phase => (text === 'ike' ? 'ike' : 'esp');
const inputs = vectors.map(({ input }) => input);

/** strongSwan doesn't care about the order of keywords, about repeated ones, or about blanks around them. */
const meaningOf = (phase: Phase, text: string) =>
  `${phase} ${[
    ...new Set(
      text
        .split('-')
        .map((token) => token.replace(/^ +| +$/g, ''))
        .filter((token) => token !== ''),
    ),
  ]
    .toSorted()
    .join('-')}`;

const refusedWith = (version: 1 | 2) =>
  new Set(
    vectors
      .filter(
        ({ valid, libipsec_ok, ikev1_encodable }) =>
          !valid || libipsec_ok === false || (version === 1 && ikev1_encodable === false),
      )
      .map(({ phase, input }) => meaningOf(phaseOf(phase), input)),
  );
const refused = { 1: refusedWith(1), 2: refusedWith(2) };
const canonical = new Set(allAlgorithms.map(({ keyword }) => keyword));

/** Fails where a suite is accepted that isn't exactly one of known keywords, or that the vectors refuse. */
function check(text: string, phase: Phase, version: 1 | 2): boolean {
  const parsed = parseProposal(text, phase, version);
  const shown = JSON.stringify(text.slice(0, 200));
  if (!parsed.ok) {
    if (parsed.refusal.message === '') throw new Error(`${shown} is refused without a word.`);
    const part = locatePart(text, parsed.refusal);
    if (part && (part.start < 0 || part.end > text.length || part.start >= part.end))
      throw new Error(`${shown}: the wrong part is outside of it.`);
    return false;
  }
  const { keywords } = parsed.value;
  if (!/^[A-Za-z0-9_ -]+$/.test(text)) throw new Error(`${shown} is accepted with a strange character.`);
  if (!keywords.split('-').every((keyword) => canonical.has(keyword)))
    throw new Error(`${shown} becomes ${keywords}.`);
  if (refused[version].has(meaningOf(phase, text)) || refused[version].has(meaningOf(phase, keywords)))
    throw new Error(`${shown} is refused by the vectors, as ${phase} suite of IKEv${version}.`);
  return true;
}

test(`${INPUTS.toLocaleString('en')} random and mutated suites: none throws, takes long, or is accepted against the vectors`, () => {
  const dice = diceOf(20_261_121);
  const words = [...allKeywords(), 'ke1_mlkem768', 'default', 'AES256', 'dh14', ''];
  const anything = [...inputs, ...words];
  const made = [
    // Keywords in any combination.
    () => Array.from({ length: dice.below(7) }, () => dice.pick(words)).join('-'),
    // What the vectors hold, written differently.
    () =>
      dice
        .shuffle([...dice.pick(inputs).split('-'), ''])
        .map((token) => (dice.below(3) === 0 ? ` ${token} ` : token))
        .join('-'),
    () => mutate(dice.pick(inputs), anything, dice),
    () => mutate(mutate(dice.pick(inputs), anything, dice), anything, dice),
  ];
  let accepted = 0;
  let slowest = 0;
  for (let count = 0; count < INPUTS; count += 1) {
    const text = made[count % made.length]?.() ?? '';
    const phase = dice.pick(['ike', 'esp'] as const);
    const version = dice.pick([1, 2] as const);
    const before = performance.now();
    if (check(text, phase, version)) accepted += 1;
    if (performance.now() - before > SLOW)
      slowest = Math.max(
        slowest,
        quickest(() => check(text, phase, version), SLOW),
      );
  }
  expect(slowest).toBeLessThan(SLOW);
  expect(accepted).toBeGreaterThan(1000);
});

test('every input of the vectors has the vectors’ verdict, however its keywords are ordered', () => {
  const dice = diceOf(7);
  for (const { phase, input } of vectors) {
    for (let tries = 0; tries < 20; tries += 1) {
      const tokens = dice.shuffle(input.split('-'));
      for (const version of [1, 2] as const) check(tokens.join('-'), phaseOf(phase), version);
    }
  }
});
