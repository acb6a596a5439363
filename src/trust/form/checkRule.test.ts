import { expect, test } from 'vitest';
import { checkRule } from './checkRule.ts';
import { filledRule } from './rules.testing.ts';
import type { RuleValues } from './values.ts';

test('a filled-in rule is in order', () => {
  expect(checkRule(filledRule)).toEqual({});
});

test.each<[string, Partial<RuleValues>, (keyof RuleValues)[]]>([
  ['no repository', { repository: ' ' }, ['repository']],
  ['a repository without its owner', { repository: 'app' }, ['repository']],
  ['an owner without a repository', { repository: 'octo/' }, ['repository']],
  ['no owner', { scope: 'owner', owner: '' }, ['owner']],
  ['no VPN', { vpns: [] }, ['vpns']],
  ['another issuer without its address', { issuer: '', issuerUrl: '' }, ['issuerUrl']],
  ['another issuer with a path only', { issuer: '', issuerUrl: 'gitlab' }, ['issuerUrl']],
  ['Bitbucket without UUIDs', { provider: 'bitbucket' }, ['ownerId', 'repositoryId']],
  ['all of a workspace without its UUID', { provider: 'bitbucket', scope: 'owner', owner: 'a' }, ['ownerId']],
])('%s is refused where it belongs', (_, change, fields) => {
  expect(Object.keys(checkRule({ ...filledRule, ...change }))).toEqual(fields);
});

test('all VPNs need none to be chosen', () => {
  expect(checkRule({ ...filledRule, vpnScope: 'all', vpns: [] })).toEqual({});
});
