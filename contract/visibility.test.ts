import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byExposure, effectiveVisibility, opensMore, policyAllows, visibilities } from './visibility.ts';

const visibility = fc.constantFrom(...visibilities);
const policy = fc.record({ organization: fc.boolean(), public: fc.boolean() });

test('public lets in more than organization, and organization more than private', () => {
  expect(visibilities.map((a) => visibilities.map((b) => opensMore(a, b)))).toEqual([
    [false, false, false],
    [true, false, false],
    [true, true, false],
  ]);
});

test('lists are sorted with the most exposed first', () => {
  expect([...visibilities].toSorted(byExposure)).toEqual(['public', 'organization', 'private']);
});

test('each level can be forbidden by itself, and private never', () => {
  expect(policyAllows({ organization: false, public: true }, 'organization')).toBe(false);
  expect(policyAllows({ organization: false, public: true }, 'public')).toBe(true);
  expect(policyAllows({ organization: true, public: false }, 'public')).toBe(false);
  fc.assert(fc.property(policy, (one) => policyAllows(one, 'private')));
});

test('a policy never makes a port more visible, and what it forbids counts as private', () => {
  fc.assert(
    fc.property(visibility, policy, (level, one) => {
      const effective = effectiveVisibility(level, one);
      expect(opensMore(effective, level)).toBe(false);
      expect(effective).toBe(policyAllows(one, level) ? level : 'private');
    }),
  );
});
