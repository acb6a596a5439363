import { describe, expect, test } from 'vitest';
import { bitbucketClaims, githubClaims, gitlabClaims } from './identity.testing.ts';
import { type PipelineProvider, readIdentity } from './identity.ts';

const all = { github: githubClaims, gitlab: gitlabClaims, bitbucket: bitbucketClaims } as const;

const read = (provider: PipelineProvider, changes: Record<string, unknown> = {}) =>
  readIdentity(provider, all[provider].iss, { ...all[provider], ...changes });

const readRef = (provider: PipelineProvider, changes: Record<string, unknown>) => {
  const identity = read(provider, changes);
  return identity.ok ? identity.value.ref : undefined;
};

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

describe('a tag is never taken for the branch of its name', () => {
  test.each([
    ['a branch', 'refs/heads/main', 'main'],
    ['a branch with a slash', 'refs/heads/feature/x', 'feature/x'],
    ['a tag', 'refs/tags/main', 'refs/tags/main'],
    ['a pull request', 'refs/pull/12/merge', 'refs/pull/12/merge'],
    ['a branch named like a tag', 'refs/heads/refs/tags/v1', 'refs/heads/refs/tags/v1'],
  ])('GitHub: %s', (_, ref, read) => {
    expect(readRef('github', { ref })).toBe(read);
  });
  test.each([
    ['a branch', 'main', 'branch', 'main'],
    ['a tag', 'main', 'tag', 'refs/tags/main'],
    ['a branch named like a tag', 'refs/tags/v1', 'branch', 'refs/heads/refs/tags/v1'],
    ['what isn’t said to be a branch', 'main', undefined, null],
  ])('GitLab: %s', (_, ref, ref_type, read) => {
    expect(readRef('gitlab', { ref, ref_type })).toBe(read);
  });
  test('Bitbucket: only branches have a name', () => {
    expect(readRef('bitbucket', { branchName: 'refs/tags/v1' })).toBe('refs/heads/refs/tags/v1');
    expect(readRef('bitbucket', { branchName: undefined })).toBeNull();
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
  const forks = ['merge_request_event', 'external_pull_request_event', 'parent_pipeline'];
  const others = ['push', 'schedule', 'web', 'trigger', 'pipeline', 'api', 'ondemand_dast_scan'];
  const outsideOf = (pipeline_source: string, job_project_id: unknown) => {
    const identity = read('gitlab', { pipeline_source, job_project_id });
    return identity.ok ? identity.value.outside : 'unread';
  };
  test.each([...forks, ...others])('GitLab’s %s of the project itself doesn’t', (source) => {
    expect(outsideOf(source, '20')).toBeNull();
    expect(outsideOf(source, 20)).toBeNull();
  });
  test.each([...forks, ...others])('GitLab’s %s that ran in another project does', (source) => {
    expect(outsideOf(source, '21')).toBe('fork');
  });
  test.each(forks)('GitLab’s %s that doesn’t say where it ran may', (source) => {
    for (const unsaid of [undefined, null]) expect(outsideOf(source, unsaid)).toBe('fork');
  });
  test.each(others)('GitLab’s %s that doesn’t say where it ran doesn’t', (source) => {
    expect(outsideOf(source, undefined)).toBeNull();
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
