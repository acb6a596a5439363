import { describe, expect, test } from 'vitest';
import type { PipelineRun } from '../../../contract/pipelines/pipelines.ts';
import { filledRule } from './rules.testing.ts';
import { emptyRule, lacking, ownerOf, ruleForRun, toRuleChange, toRuleCreate } from './values.ts';

describe('what is sent', () => {
  const known = { owner: { name: '', id: '12' }, repository: { name: 'octo/app', id: '4711' } };

  test('a repository’s owner is what its name begins with, and ids that nobody typed are null', () => {
    expect(toRuleCreate(filledRule, 'iss_1')).toEqual({
      issuer: 'iss_1',
      owner: { name: 'octo', id: null },
      repository: { name: 'octo/app', id: null },
      vpns: ['vpn_1'],
      events: [],
      refs: [],
      environments: [],
      protectedOnly: false,
      outside: false,
    });
  });

  test('a rule for an owner names no repository, whatever was typed before', () => {
    const rule = toRuleCreate({ ...filledRule, scope: 'owner', owner: ' octo ', ownerId: ' 12 ' }, 'iss_1');
    expect(rule).toMatchObject({ owner: { name: 'octo', id: '12' }, repository: null });
  });

  test('all VPNs are null, those that were chosen before forgotten', () => {
    expect(toRuleChange({ ...filledRule, vpnScope: 'all' }, known).vpns).toBeNull();
  });

  test('what a service doesn’t say isn’t asked of it', () => {
    const asked = { ...filledRule, events: ['push'], protectedOnly: true, outside: true };
    expect(toRuleChange({ ...asked, provider: 'bitbucket' }, known)).toMatchObject({
      events: [],
      protectedOnly: false,
      outside: false,
    });
    expect(toRuleChange({ ...asked, provider: 'github' }, known)).toMatchObject({
      protectedOnly: false,
      outside: true,
    });
    expect(toRuleChange({ ...asked, provider: 'gitlab' }, known)).toMatchObject({
      protectedOnly: true,
      outside: true,
    });
  });

  test('a change says nothing of whom the rule trusts, but for new names', () => {
    expect(Object.keys(toRuleChange(filledRule, known))).not.toEqual(expect.arrayContaining(['owner']));
    const renamed = {
      ...filledRule,
      owner: 'octo',
      ownerId: '12',
      repository: 'octo/shop',
      repositoryId: '4711',
    };
    expect(toRuleChange(renamed, known)).toMatchObject({
      owner: { name: 'octo', id: '12' },
      repository: { name: 'octo/shop', id: '4711' },
    });
  });
});

test.each([
  ['octo/app', 'octo'],
  ['group/team/app', 'group/team'],
  ['app', ''],
  ['', ''],
])('the owner in %j is %j', (name, owner) => {
  expect(ownerOf(name)).toBe(owner);
});

test('a new rule reaches no VPN until one is chosen', () => {
  expect(emptyRule('github', [])).toMatchObject({ vpnScope: 'selected', vpns: [], outside: false });
});

describe('from a refused run', () => {
  const run: PipelineRun = {
    id: 'run_1',
    at: '2026-11-20T10:00:00.000Z',
    finishedAt: null,
    provider: 'github',
    repository: 'octo/app',
    change: null,
    event: 'schedule',
    ref: 'main',
    actor: 'octo/app',
    action: 'exchange',
    result: 'refused',
    code: 'repository_untrusted',
    message: '',
    vpn: { id: 'vpn_2', name: 'Oslo' },
    workspace: null,
    knownOwner: true,
    admittedBy: {
      issuer: 'https://token.actions.githubusercontent.com',
      owner: { id: '12', name: 'octo' },
      repository: { id: '4711', name: 'octo/shop' },
      event: 'schedule',
      ref: 'main',
    },
  };

  test('a new rule has its ids, and no more rights than one that was typed', () => {
    const admittedBy = {
      issuer: 'https://ghes.example.com/_services/token',
      owner: { id: '12', name: 'octo' },
      repository: { id: '4711', name: 'octo/app' },
      event: 'pull_request_target',
      ref: 'main',
    };
    expect(ruleForRun('github', admittedBy, undefined)).toEqual({
      ...filledRule,
      issuer: admittedBy.issuer,
      owner: 'octo',
      ownerId: '12',
      repositoryId: '4711',
      vpns: [],
    });
  });

  test.each([
    ['event_untrusted', { events: ['push', 'schedule'] }],
    ['ref_untrusted', { refs: ['release', 'main'] }],
    ['vpn_untrusted', { vpns: ['vpn_1', 'vpn_2'] }],
    ['repository_renamed', { owner: 'octo', repository: 'octo/shop' }],
    // Those are for people to decide, not for a button.
    ['outside_code', {}],
    ['environment_untrusted', {}],
  ])('what a rule lacks for %s', (code, lacks) => {
    const rule = { ...filledRule, events: ['push'], refs: ['release'] };
    expect(lacking(rule, { ...run, code })).toEqual(lacks);
  });

  test('nothing is lacking any more once it has been filled in', () => {
    const rule = { ...filledRule, events: ['schedule'] };
    expect(lacking(rule, { ...run, code: 'event_untrusted' })).toEqual({});
  });
});
