import { expect, test } from 'vitest';
import { fieldOf, fieldOfNew } from './fieldOf.ts';
import { filledRule } from './rules.testing.ts';

test.each([
  ['owner.id', 'ownerId'],
  ['owner.name', 'owner'],
  ['repository.id', 'repositoryId'],
  ['repository', 'repository'],
  ['refs.1', 'refs'],
  ['vpns.0', 'vpns'],
  ['protectedOnly', undefined],
  ['ownership', undefined],
])('a refusal of %s stands at %s', (path, field) => {
  expect(fieldOf(path)).toBe(field);
});

test('an issuer that can’t be used is refused where its address was typed, else where it was chosen', () => {
  expect(fieldOfNew({ ...filledRule, issuer: '' })('url')).toBe('issuerUrl');
  expect(fieldOfNew(filledRule)('url')).toBe('issuer');
  expect(fieldOfNew(filledRule)('owner.id')).toBe('ownerId');
});
