import { expect, test } from 'vitest';
import { forbidding, levelMeaning, policyChanged, policyInWords } from './policyWords.ts';

test.each([
  [0, 'No port is public now. Owners won’t be able to make one so.'],
  [
    1,
    '1 port is public. It becomes private at once, and whoever is connected is cut off. The owner is told.',
  ],
  [
    1200,
    '1,200 ports are public. They become private at once, and whoever is connected is cut off. The owners are told.',
  ],
])('forbidding public ports while %d are says what becomes of them', (shared, text) => {
  expect(forbidding('public', shared)).toBe(text);
});

test('a level that is forbidden says that allowing it shares nothing', () => {
  expect(levelMeaning('public', false)).toContain('shares nothing by itself');
  expect(levelMeaning('organization', false)).toContain('shares nothing by itself');
  expect(levelMeaning('organization', true)).toBe(
    'Owners may let in every member of the team, after signing in.',
  );
});

test.each([
  [true, true, 'Organization and public ports are both allowed.'],
  [false, false, 'Organization and public ports are both forbidden.'],
  [true, false, 'Organization ports are allowed, public ports aren’t.'],
  [false, true, 'Public ports are allowed, organization ports aren’t.'],
])('a policy of organization %s, public %s', (organization, anyone, text) => {
  expect(policyInWords({ organization, public: anyone })).toBe(text);
});

test.each([
  ['public', true, 0, 'Public ports are allowed now. Nothing is shared by itself.'],
  ['public', false, 0, 'Public ports are forbidden now. None was shared.'],
  ['organization', false, 1, 'Organization ports are forbidden now. 1 port is private again.'],
  ['public', false, 3, 'Public ports are forbidden now. 3 ports are private again.'],
] as const)('%s ports allowed: %s, %d of them shared', (level, allowed, shared, text) => {
  expect(policyChanged(level, allowed, shared)).toBe(text);
});
