import { expect, test } from 'vitest';
import { parseSearch, stringifySearch, textParams } from './routing.ts';

test('search parameters stay text, there and back', () => {
  const search = { search: '10', sort: '-name', state: 'true' };
  expect(stringifySearch(search)).toBe('?search=10&sort=-name&state=true');
  expect(parseSearch('?search=10&sort=-name&state=true')).toEqual(search);
});

test('empty and unknown parameters are left out', () => {
  expect(stringifySearch({ search: '', sort: undefined })).toBe('');
  expect(textParams('search')({ search: '', other: 'x' })).toEqual({});
  expect(textParams('search')({ search: 'berlin', other: 'x' })).toEqual({ search: 'berlin' });
});
