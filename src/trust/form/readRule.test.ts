import { expect, test } from 'vitest';
import { readRule } from './readRule.ts';
import { filledRule } from './rules.testing.ts';
import { emptyRule } from './values.ts';

const vpns = [
  { id: 'vpn_1', name: 'Berlin office' },
  { id: 'vpn_2', name: 'Oslo lab' },
];

test('an empty rule lets nobody in, and says what it lacks', () => {
  expect(readRule(emptyRule('github', []), vpns)).toMatchObject({
    lets: [],
    lacks: ['Name the repository.', 'Choose a VPN.'],
  });
});

test('who, when and where to stand in sentences', () => {
  const rule = { ...filledRule, events: ['push', 'schedule'], refs: ['main'], vpns: ['vpn_2', 'vpn_1'] };
  expect(readRule(rule, vpns).lets).toEqual([
    'octo/app at GitHub Actions, on push or schedule, from main.',
    'Previews with Berlin office or Oslo lab.',
  ]);
});

test('VPNs whose names aren’t known yet are counted', () => {
  const rule = { ...filledRule, vpns: ['vpn_1', 'vpn_8', 'vpn_9'] };
  expect(readRule(rule, vpns).lets.at(-1)).toBe('Previews with Berlin office or 2 other VPNs.');
  expect(readRule({ ...filledRule, vpns: ['vpn_9'] }, vpns).lets.at(-1)).toBe('Previews with 1 VPN.');
});

test('what stays out is said only while it does', () => {
  expect(readRule(filledRule, vpns).keepsOut.join()).toContain('pull_request_target');
  expect(readRule({ ...filledRule, outside: true }, vpns).keepsOut.join()).not.toContain(
    'pull_request_target',
  );
});

test('a typed name waits for its first run, known ids don’t', () => {
  expect(readRule(filledRule, vpns).next).toContain('waits until an admin confirms');
  const known = { ...filledRule, ownerId: '12', repositoryId: '4711' };
  expect(readRule(known, vpns).next).toContain('from the moment it is saved');
});
