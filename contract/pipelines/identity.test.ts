import { describe, expect, test } from 'vitest';
import { bitbucketClaims, githubClaims, gitlabClaims } from './identity.testing.ts';
import { type PipelineProvider, readIdentity } from './identity.ts';

const all = { github: githubClaims, gitlab: gitlabClaims, bitbucket: bitbucketClaims } as const;

const read = (provider: PipelineProvider, changes: Record<string, unknown> = {}) =>
  readIdentity(provider, all[provider].iss, { ...all[provider], ...changes });

test('GitHub: repository and owner by their ids, the branch without “refs/heads/”', () => {
  expect(read('github', { environment: 'preview' })).toMatchObject({
    ok: true,
    value: {
      issuer: 'https://token.actions.githubusercontent.com',
      provider: 'github',
      owner: { id: '12', name: 'octo' },
      repository: { id: '4711', name: 'octo/app' },
      event: 'push',
      ref: 'main',
      environment: 'preview',
      isProtected: null,
      outside: null,
    },
  });
});

test('GitLab: project and direct namespace by their ids, and whether the ref is protected', () => {
  expect(read('gitlab')).toMatchObject({
    value: {
      owner: { id: '5', name: 'group' },
      repository: { id: '20', name: 'group/app' },
      isProtected: true,
    },
  });
  expect(read('gitlab', { ref_protected: 'false' })).toMatchObject({ value: { isProtected: false } });
  expect(read('gitlab', { project_id: 20 })).toMatchObject({ value: { repository: { id: '20' } } });
});

test('Bitbucket: workspace and repository by their ids, which are their names too', () => {
  expect(read('bitbucket')).toMatchObject({
    value: {
      owner: { id: '{6a1b}' },
      repository: { id: '{90cd}', name: '{90cd}' },
      event: null,
      ref: 'main',
    },
  });
});

describe('code from outside', () => {
  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
    'GitHub’s %s may run it',
    (event_name) => {
      expect(read('github', { event_name })).toMatchObject({ value: { outside: 'event' } });
    },
  );
  test.each(['push', 'pull_request', 'workflow_dispatch'])('GitHub’s %s doesn’t', (event_name) => {
    expect(read('github', { event_name })).toMatchObject({ value: { outside: null } });
  });
  test.each([
    ['of the project itself doesn’t', '20', null],
    ['of a fork does', '21', 'fork'],
    ['that doesn’t say where it ran may', undefined, 'fork'],
  ])('a merge request at GitLab %s', (_, job_project_id, outside) => {
    const claims = { pipeline_source: 'merge_request_event', job_project_id };
    expect(read('gitlab', claims)).toMatchObject({ value: { outside } });
  });
});

describe('a token without a claim that each has is refused by its name', () => {
  test.each([
    ['github', 'repository_id'],
    ['github', 'repository_owner_id'],
    ['github', 'event_name'],
    ['gitlab', 'namespace_id'],
    ['gitlab', 'ref_protected'],
    ['bitbucket', 'repositoryUuid'],
  ] as const)('%s: %s', (provider, claim) => {
    for (const value of [undefined, '', null, {}]) {
      expect(read(provider, { [claim]: value })).toMatchObject({
        ok: false,
        refusal: { code: 'missing_claim', part: claim },
      });
    }
  });

  test('what is no object at all is refused too', () => {
    for (const claims of [null, 'text', 7, []]) expect(readIdentity('github', 'x', claims).ok).toBe(false);
  });
});
