import { expect, runsOf, test, workspacesOf } from './pipelineFixtures.ts';
import { pullRequest, startAction, startWithToken } from './pipelineJobs.ts';

test.afterEach(async ({ company }) => {
  await company.removeWorkspaces();
});

for (const { name, claims, code, says } of [
  {
    name: 'pull_request_target',
    claims: { event_name: 'pull_request_target', ref: 'refs/heads/main' },
    code: 'outside_code',
    says: ['may run what somebody from outside wrote', '4711'],
  },
  {
    name: 'another repository',
    claims: { repository: 'octo/other', repository_id: '4712' },
    code: 'repository_untrusted',
    says: ['isn’t trusted by this team', '4712'],
  },
  {
    name: 'a repository that took over the name',
    claims: { repository_id: '9999' },
    code: 'repository_replaced',
    says: ['octo/app is trusted with the id 4711', '9999'],
  },
  {
    name: 'a repository that was renamed',
    claims: { repository: 'octo/app-renamed' },
    code: 'repository_renamed',
    says: ['The rule knows octo/app-renamed (id 4711) as octo/app', 'put the new name into the rule'],
  },
]) {
  test(`GitHub: ${name} gets nothing, and is told what would admit it`, async ({ company }) => {
    const runner = await company.runner();
    const job = await startAction(company, runner, pullRequest(31), { claims }).ended;
    expect(job.code, job.stderr).toBe(5);
    for (const text of says) expect(job.stderr).toContain(text);
    expect((await runsOf(company))[0]).toMatchObject({ action: 'exchange', result: 'refused', code });
    expect(await workspacesOf(company)).toEqual([]);
    expect((await runner.run('ls /usr/local/lib')).stdout).not.toContain('culvert-preview');
  });
}

test('GitLab: a merge request from a fork gets nothing, unless a rule lets code from outside in', async ({
  company,
}) => {
  const runner = await company.runner();
  const { issuer } = company.issuers.gitlab;
  const claims = { pipeline_source: 'merge_request_event', job_project_id: '77' };
  const start = async () => {
    const token = await issuer.mintFor('gitlab', company.server.url, claims);
    return await startWithToken(company, runner, { token, change: '!33' }).ended;
  };
  const refused = await start();
  expect(refused.code, refused.stderr).toBe(5);
  expect(refused.stderr).toContain('This pipeline may run what a fork wrote.');

  const { id, revision } = await company.trust('gitlab', { outside: true });
  const admitted = await start();
  await company.api.patch(`${company.team}/trusted-repositories/${id}`, { outside: false }, revision);
  expect(admitted.code, admitted.stderr).toBe(0);
});

test('a token that was used, or is for somebody else, gets a text of its own', async ({ company }) => {
  const runner = await company.runner();
  const { issuer } = company.issuers.github;
  const start = (token: string) => startWithToken(company, runner, { token, change: '34' }).ended;

  const token = await issuer.mintFor('github', company.server.url);
  const first = await start(token);
  expect(first.code, first.stderr).toBe(0);
  const again = await start(token);
  expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining('has been exchanged before') });

  const other = await start(await issuer.mintFor('github', `${company.server.url}/`));
  expect(other).toMatchObject({ code: 4, stderr: expect.stringContaining('not for this server') });
});

test('a VPN that isn’t there is answered with the nearest name', async ({ company }) => {
  const runner = await company.runner();
  const job = await startAction(company, runner, pullRequest(35), {
    inputs: { join: 'false', vpnConfig: 'Company datacenter' },
  }).ended;
  expect(job.code, job.stderr).toBe(3);
  expect(job.stderr).toContain(company.vpn.name);
});
