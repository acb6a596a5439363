import { describe, expect, test } from 'vitest';
import { findPipeline, type PipelineContext } from './pipeline.ts';

const now = Date.UTC(2026, 10, 21, 12);

const find = (env: Record<string, string>, given: Partial<PipelineContext> & { event?: unknown } = {}) =>
  findPipeline({
    env,
    fetch: async () => new Response(null, { status: 500 }),
    readFile: async () => JSON.stringify(given.event ?? null),
    clock: { now: () => now, wait: async () => undefined },
    signal: new AbortController().signal,
    ...given,
  });

const github = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo/app', GITHUB_EVENT_PATH: '/event.json' };
const gitlab = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'group/app', CI_COMMIT_REF_NAME: 'feature' };
const bitbucket = {
  BITBUCKET_BUILD_NUMBER: '7',
  BITBUCKET_REPO_FULL_NAME: 'acme/app',
  BITBUCKET_BRANCH: 'feature',
};

test('a terminal is no pipeline', async () => {
  expect(await find({ CI: 'true' })).toBeNull();
});

describe('what the preview is of', () => {
  test.each([
    ['GitHub: a pull request, by its event', github, { pull_request: { number: 12 } }, '#12'],
    [
      'GitHub: one that was merged, whose ref is the base branch',
      { ...github, GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main' },
      { action: 'closed', pull_request: { number: 12 } },
      '#12',
    ],
    [
      'GitHub: a pull request, by its ref',
      { ...github, GITHUB_REF: 'refs/pull/7/merge', GITHUB_REF_NAME: '7/merge' },
      null,
      '#7',
    ],
    ['GitHub: a branch', { ...github, GITHUB_REF_NAME: 'main' }, {}, 'main'],
    ['GitLab: a merge request', { ...gitlab, CI_MERGE_REQUEST_IID: '3' }, null, '!3'],
    ['GitLab: a branch', gitlab, null, 'feature'],
    ['Bitbucket: a pull request', { ...bitbucket, BITBUCKET_PR_ID: '5' }, null, '#5'],
    ['Bitbucket: a branch', bitbucket, null, 'feature'],
  ])('%s', async (_, env, event, change) => {
    expect(await find(env, { event })).toMatchObject({ change });
  });
});

describe('how long the job runs already', () => {
  test('GitLab says when it started', async () => {
    const env = { ...gitlab, CI_JOB_STARTED_AT: '2026-11-21T11:59:00Z' };
    expect(await find(env)).toMatchObject({ runningForSeconds: 60 });
    expect(await find({ ...gitlab, CI_JOB_STARTED_AT: 'x' })).toMatchObject({ runningForSeconds: 0 });
  });

  test('Bitbucket’s token does', async () => {
    const claims = Buffer.from(JSON.stringify({ iat: now / 1000 - 30 })).toString('base64url');
    const withToken = (token: string) => find({ ...bitbucket, BITBUCKET_STEP_OIDC_TOKEN: token });
    expect(await withToken(`x.${claims}.x`)).toMatchObject({ runningForSeconds: 30 });
    expect(await withToken('no token')).toMatchObject({ runningForSeconds: 0 });
  });
});

describe('the identity token', () => {
  test('GitHub gives one for this audience, whatever is in its address already', async () => {
    const asked: { url: string; headers: unknown }[] = [];
    const pipeline = await find(
      {
        ...github,
        ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.example/token?api-version=2.0',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
      },
      {
        fetch: async (url, init) => {
          asked.push({ url, headers: init?.headers });
          return Response.json({ value: 'the.id.token' });
        },
      },
    );
    expect(await pipeline?.identityToken('https://culvert.example.com')).toBe('the.id.token');
    expect(asked).toEqual([
      {
        url: 'https://runner.example/token?api-version=2.0&audience=https%3A%2F%2Fculvert.example.com',
        headers: expect.objectContaining({ authorization: 'bearer secret' }),
      },
    ]);
  });

  test('GitHub that doesn’t answer is told from a job that may not ask', async () => {
    const asking = {
      ...github,
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.example/token',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
    };
    await expect((await find(asking))?.identityToken('x')).rejects.toThrow('answered with 500');
    await expect((await find(github))?.identityToken('x')).rejects.toMatchObject({
      exit: 4,
      advice: expect.stringContaining('id-token: write'),
    });
  });

  test('GitLab and Bitbucket give it by a variable, or say what is missing', async () => {
    const given = await find({ ...gitlab, CULVERT_ID_TOKEN: 'a.b.c' });
    expect(await given?.identityToken('x')).toBe('a.b.c');
    const step = await find({ ...bitbucket, BITBUCKET_STEP_OIDC_TOKEN: 'a.b.c' });
    expect(await step?.identityToken('x')).toBe('a.b.c');
    await expect((await find(gitlab))?.identityToken('x')).rejects.toMatchObject({
      exit: 4,
      advice: expect.stringContaining('id_tokens'),
    });
    await expect((await find(bitbucket))?.identityToken('x')).rejects.toMatchObject({
      exit: 4,
      advice: expect.stringContaining('oidc'),
    });
  });
});
