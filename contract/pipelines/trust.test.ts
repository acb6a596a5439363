import { describe, expect, test } from 'vitest';
import { githubClaims, gitlabClaims } from './identity.testing.ts';
import { readIdentity } from './identity.ts';
import { decideTrust, type TrustRule } from './trust.ts';

const github = (changes: Record<string, unknown> = {}) => identity('github', { ...githubClaims, ...changes });
const gitlab = (changes: Record<string, unknown> = {}) => identity('gitlab', { ...gitlabClaims, ...changes });

function identity(provider: 'github' | 'gitlab', claims: typeof githubClaims | typeof gitlabClaims) {
  const read = readIdentity(provider, claims.iss, claims);
  if (!read.ok) throw new Error(read.refusal.message);
  return read.value;
}

const rule = (changes: Partial<TrustRule> = {}): TrustRule => ({
  id: 'trust_1',
  issuer: githubClaims.iss,
  owner: { id: '12', name: 'octo' },
  repository: { id: '4711', name: 'octo/app' },
  events: [],
  refs: [],
  environments: [],
  protectedOnly: false,
  outside: false,
  vpns: null,
  stopped: null,
  ...changes,
});
const ruleOfGitlab = (changes: Partial<TrustRule> = {}) =>
  rule({
    issuer: gitlabClaims.iss,
    owner: { id: '5', name: 'group' },
    repository: { id: '20', name: 'group/app' },
    ...changes,
  });

describe('a pipeline is let in', () => {
  test.each([
    ['of a selected repository', github(), rule()],
    [
      'of any repository of a named owner',
      github({ repository_id: '9', repository: 'octo/new' }),
      rule({ repository: null }),
    ],
    [
      'of a repository whose name is written in other letters',
      github({ repository: 'Octo/App', repository_owner: 'Octo' }),
      rule(),
    ],
    ['for one of the rule’s events', github(), rule({ events: ['push', 'schedule'] })],
    ['on one of the rule’s branches', github(), rule({ refs: ['main'] })],
    [
      'in one of the rule’s environments',
      github({ environment: 'preview' }),
      rule({ environments: ['preview'] }),
    ],
    ['on a protected branch', gitlab(), ruleOfGitlab({ protectedOnly: true })],
    ['to a VPN that the rule names', github(), rule({ vpns: ['vpn_1'] })],
    [
      'with pull_request_target where the rule lets code from outside in',
      github({ event_name: 'pull_request_target' }),
      rule({ outside: true }),
    ],
  ])('%s', (_, who, trusted) => {
    expect(decideTrust(who, [trusted], 'vpn_1')).toEqual({ ok: true, rule: trusted });
  });

  test('where a second rule says yes to what the first refuses', () => {
    const second = rule({ id: 'trust_2' });
    expect(decideTrust(github(), [rule({ refs: ['release'] }), second], null)).toEqual({
      ok: true,
      rule: second,
    });
  });
});

describe('a pipeline is refused', () => {
  const fork = { pipeline_source: 'merge_request_event', job_project_id: '21' };
  test.each([
    ['where nothing is trusted', github(), [], 'repository_untrusted'],
    [
      'of another repository',
      github({ repository_id: '1', repository: 'octo/x' }),
      [rule()],
      'repository_untrusted',
    ],
    [
      'of another owner',
      github({ repository_owner_id: '1', repository_owner: 'eve' }),
      [rule({ repository: null })],
      'repository_untrusted',
    ],
    [
      'with the right ids from another issuer',
      { ...github(), issuer: 'https://ghes.example.com' },
      [rule()],
      'repository_untrusted',
    ],
    [
      'with the right repository below another owner',
      github({ repository_owner_id: '1' }),
      [rule()],
      'repository_replaced',
    ],
    [
      'with a repository’s name and another id',
      github({ repository_id: '1' }),
      [rule()],
      'repository_replaced',
    ],
    [
      'with an owner’s name and another id',
      github({ repository_owner_id: '1' }),
      [rule({ repository: null })],
      'repository_replaced',
    ],
    ['of a repository that was renamed', github({ repository: 'octo/x' }), [rule()], 'repository_renamed'],
    [
      'of an owner who was renamed',
      github({ repository_owner: 'octo2', repository: 'octo2/app' }),
      [rule({ repository: null })],
      'repository_renamed',
    ],
    [
      'where who made the rule has left',
      github(),
      [rule({ stopped: 'Ada has left the team.' })],
      'rule_stopped',
    ],
    ['with pull_request_target', github({ event_name: 'pull_request_target' }), [rule()], 'outside_code'],
    [
      'with pull_request_target although the rule names the event',
      github({ event_name: 'pull_request_target' }),
      [rule({ events: ['pull_request_target'] })],
      'outside_code',
    ],
    ['from a fork’s merge request', gitlab(fork), [ruleOfGitlab()], 'outside_code'],
    [
      'for another event',
      github({ event_name: 'schedule' }),
      [rule({ events: ['push'] })],
      'event_untrusted',
    ],
    ['on another branch', github({ ref: 'refs/heads/x' }), [rule({ refs: ['main'] })], 'ref_untrusted'],
    [
      'on a branch that only begins like the rule’s',
      github({ ref: 'refs/heads/main2' }),
      [rule({ refs: ['main'] })],
      'ref_untrusted',
    ],
    [
      'on a branch that isn’t protected',
      gitlab({ ref_protected: 'false' }),
      [ruleOfGitlab({ protectedOnly: true })],
      'ref_unprotected',
    ],
    [
      'where the provider doesn’t say what is protected',
      github(),
      [rule({ protectedOnly: true })],
      'ref_unprotected',
    ],
    [
      'in another environment',
      github({ environment: 'production' }),
      [rule({ environments: ['preview'] })],
      'environment_untrusted',
    ],
    ['without an environment', github(), [rule({ environments: ['preview'] })], 'environment_untrusted'],
    ['to another VPN', github(), [rule({ vpns: ['vpn_2'] })], 'vpn_untrusted'],
    ['to any VPN where the rule names none', github(), [rule({ vpns: [] })], 'vpn_untrusted'],
  ])('%s', (_, who, rules, code) => {
    expect(decideTrust(who, rules, 'vpn_1')).toMatchObject({ ok: false, refusal: { code } });
  });

  test('by the rule that came furthest', () => {
    const rules = [rule({ events: ['schedule'] }), rule({ vpns: [] }), rule({ refs: ['release'] })];
    expect(decideTrust(github(), rules, 'vpn_1')).toMatchObject({ refusal: { code: 'vpn_untrusted' } });
  });

  test('with what would admit it, ids included', () => {
    expect(decideTrust(github({ event_name: 'issue_comment' }), [], null)).toMatchObject({
      refusal: {
        admittedBy: {
          issuer: githubClaims.iss,
          owner: { id: '12', name: 'octo' },
          repository: { id: '4711', name: 'octo/app' },
          event: 'issue_comment',
          ref: 'main',
          outside: true,
        },
      },
    });
  });

  test('with the event that is missing, and those the rule has', () => {
    const decision = decideTrust(
      github({ event_name: 'schedule' }),
      [rule({ events: ['push', 'pull_request'] })],
      null,
    );
    expect(decision).toMatchObject({
      refusal: {
        message: 'The rule that trusts this repository is for “push” or “pull_request”, not for “schedule”.',
      },
    });
  });
});
