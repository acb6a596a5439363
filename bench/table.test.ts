import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';
import { isOver, tableOf, type Row } from './table.ts';

const row = (changes: Partial<Row>): Row => ({
  what: 'Memory, MB',
  culvert: spreadOf([61.04, 62.5, 70]),
  byHand: null,
  limit: null,
  ...changes,
});

test('prints medians with their spread, the ratio to the peer and the limit', () => {
  const rows = [
    row({ what: 'Ping, ms', culvert: spreadOf([90, 120, 240]), byHand: spreadOf([48, 48]) }),
    row({ limit: 80 }),
  ];
  expect(tableOf(rows).split('\n')).toEqual([
    '|            | Culvert      | by hand | ratio | limit |',
    '| ---------- | ------------ | ------- | ----- | ----- |',
    '| Ping, ms   | 120 (90–240) | 48      | 2.5×  |       |',
    '| Memory, MB | 62.5 (61–70) |         |       | 80    |',
  ]);
});

test('the largest value decides about a limit, and a row over it is marked', () => {
  expect(isOver(row({ limit: 70 }))).toBe(false);
  expect(isOver(row({ limit: 69.9 }))).toBe(true);
  expect(tableOf([row({ limit: 69.9 })])).toContain('69.9 FAIL');
  expect(isOver(row({ limit: null }))).toBe(false);
});

test('a ratio to nothing is left out', () => {
  expect(tableOf([row({ byHand: spreadOf([0]) })])).not.toContain('×');
});
