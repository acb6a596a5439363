import { expect, test } from 'vitest';
import { nearestNames } from './nearestNames.ts';

const names = ['Company data center', 'Berlin office', 'Staging gateway', 'Warehouse database'];

test.each([
  ['company-data-center', 'Company data center'],
  ['Berlin', 'Berlin office'],
  ['stagingateway', 'Staging gateway'],
  ['WAREHOUSE DATABSE', 'Warehouse database'],
])('%s is nearest to %s', (typed, nearest) => {
  expect(nearestNames(typed, names, 1)).toEqual([nearest]);
});

test('as many as are asked for, and no more than there are', () => {
  expect(nearestNames('Berlin', names, 3)).toHaveLength(3);
  expect(nearestNames('Berlin', names.slice(0, 2), 3)).toHaveLength(2);
  expect(nearestNames('Berlin', [], 3)).toEqual([]);
});
