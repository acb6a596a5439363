import { isIPv4, isIPv6 } from 'node:net';
import { expect, test } from 'vitest';
import { diceOf, mutate, quickest, type Dice } from './fuzzText.testing.ts';
import { checkPeerSubnets } from './peerSubnets.ts';
import { parseSubnet } from './subnets.ts';
import vectors from './vectors/subnets.json';

const INPUTS = 40_000;
/** Milliseconds; the longest inputs have 20,000 characters. */
const SLOW = 25;

const cidrs = vectors.flatMap(({ kind, input, valid }) =>
  kind === 'cidr' && typeof input === 'string' ? [{ input, valid }] : [],
);
const lists = vectors.flatMap(({ kind, input, valid, context }) =>
  kind === 'list' && Array.isArray(input) && !valid
    ? [{ list: input, peer: context === undefined ? {} : { peerIp: context.peer_ip } }]
    : [],
);
const inputs = cidrs.map(({ input }) => input);
const refused = new Set(cidrs.filter(({ valid }) => !valid).map(({ input }) => input));

/** Fails where a text is accepted that Node doesn't read as an address and a prefix length, or that the vectors refuse. */
function check(text: string): boolean {
  const parsed = parseSubnet(text);
  const shown = JSON.stringify(text.slice(0, 200));
  if (!parsed.ok) {
    if (parsed.refusal.message === '') throw new Error(`${shown} is refused without a word.`);
    const { suggestion } = parsed.refusal;
    if (suggestion !== undefined && !parseSubnet(suggestion).ok)
      throw new Error(`${shown}: ${suggestion} is suggested and refused.`);
    return false;
  }
  if (refused.has(text)) throw new Error(`${shown} is refused by the vectors.`);
  const [address = '', prefix = '', ...more] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0;
  if (more.length > 0 || !/^[1-9]\d{0,2}$/.test(prefix) || Number(prefix) > bits)
    throw new Error(`${shown} is accepted.`);
  const again = parseSubnet(parsed.value.text);
  if (!again.ok || again.value.text !== parsed.value.text)
    throw new Error(`${shown} becomes ${parsed.value.text}, which isn’t canonical.`);
  return true;
}

const anySubnet = (dice: Dice): string =>
  dice.below(4) === 0
    ? `${dice.below(65_536).toString(16)}:${dice.below(65_536).toString(16)}::/${dice.below(130)}`
    : `${dice.below(257)}.${dice.below(256)}.0.0/${dice.below(34)}`;

test(`${INPUTS.toLocaleString('en')} random and mutated subnets: none throws, takes long, or is accepted against the vectors`, () => {
  const dice = diceOf(20_261_121);
  const made = [
    () => anySubnet(dice),
    () => mutate(anySubnet(dice), inputs, dice),
    () => mutate(dice.pick(inputs), inputs, dice),
    () => dice.pick(inputs),
  ];
  let accepted = 0;
  let slowest = 0;
  for (let count = 0; count < INPUTS; count += 1) {
    const text = made[count % made.length]?.() ?? '';
    const before = performance.now();
    if (check(text)) accepted += 1;
    if (performance.now() - before > SLOW)
      slowest = Math.max(
        slowest,
        quickest(() => check(text), SLOW),
      );
  }
  expect(slowest).toBeLessThan(SLOW);
  expect(accepted).toBeGreaterThan(1000);
});

/** The subnet's two halves, or itself where it is a single address. */
function halves(text: string): string[] {
  const parsed = parseSubnet(text);
  if (!parsed.ok || parsed.value.version !== 4 || parsed.value.prefix >= 32) return [text];
  const { first, prefix } = parsed.value;
  const middle = first + 2n ** BigInt(31 - prefix);
  const dotted = (value: bigint) => [24n, 16n, 8n, 0n].map((by) => (value >> by) & 255n).join('.');
  return [first, middle].map((value) => `${dotted(value)}/${prefix + 1}`);
}

test('lists that the vectors refuse stay refused in any order, and with a subnet cut in halves', () => {
  const dice = diceOf(11);
  for (const { list, peer } of lists) {
    for (let tries = 0; tries < 20; tries += 1) {
      const cut = dice.below(list.length);
      const mutated = dice.shuffle(list.flatMap((text, at) => (at === cut ? halves(text) : [text])));
      expect(checkPeerSubnets(mutated, peer).refusals, mutated.join(' ').slice(0, 200)).not.toEqual([]);
    }
  }
});
