import { join } from 'node:path';
import { readSteps } from '../../integrations/bitbucket.testing.ts';
import { makeProject, usingTemplate } from '../../integrations/gitlab.testing.ts';
import type { Runner } from '../lab/runner.ts';
import type { PipelineCompany } from './pipelineCompany.ts';
import { expect, previewsOf, runsOf, test, workspacesOf } from './pipelineFixtures.ts';
import { outputsOf, pullRequest, reachPrivateHost, startAction } from './pipelineJobs.ts';

const node = process.execPath;
const gitlabCiLocal = new URL('../../node_modules/gitlab-ci-local/dist/index.js', import.meta.url).pathname;

/** Nothing of the preview: no workspace, no tunnel on either side, no agent. */
async function expectNothingLeft(company: PipelineCompany, runner: Runner): Promise<void> {
  expect(await workspacesOf(company)).toEqual([]);
  expect(await previewsOf(company)).toEqual([]);
  await expect(async () => {
    expect((await runner.run('cat /proc/[0-9]*/comm')).stdout).not.toContain('charon');
    expect((await runner.run('ip -br address; ls /var/lib')).stdout).not.toMatch(
      /10\.200\.|culvert-preview$/m,
    );
    expect((await company.lab.gateway.namespace.exec(['ipsec', 'status'])).stdout).not.toContain('INSTALLED');
  }).toPass();
}

test('GitHub: the job that runs the action reaches the private network; closing the pull request leaves nothing', async ({
  company,
}) => {
  const runner = await company.runner();
  const job = await startAction(company, runner, pullRequest(12), {
    inputs: { check: '10.250.0.5:5432' },
  }).ended;
  expect(job.code, job.stderr).toBe(0);
  expect((await runner.run(reachPrivateHost)).stdout).toContain('2 received');
  expect(job.stdout + job.stderr).not.toMatch(/culv_(?:join|pipeline)_/);
  const processes = await runner.run('cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr "\\0" "\\n"');
  expect(processes.stdout).toContain('culvert-agent');
  expect(processes.stdout).not.toMatch(/culv_(?:join|pipeline)_|ACTIONS_ID_TOKEN/);
  expect(outputsOf(runner)).toMatchObject({ workspace: 'app-12', created: 'true' });
  expect(outputsOf(runner)).not.toHaveProperty('join-command');
  expect(await runsOf(company)).toMatchObject([{ action: 'up', result: 'succeeded', change: '#12' }]);

  const closed = await startAction(company, runner, pullRequest(12, 'closed')).ended;
  expect(closed.code, closed.stderr).toBe(0);
  expect(closed.stdout).toContain('The preview of #12 of octo/app is gone.');
  await expectNothingLeft(company, runner);
});

test('GitHub: what is deployed elsewhere joins by the output, and a later step waits for it', async ({
  company,
}) => {
  const runner = await company.runner(1);
  const run = pullRequest(13);
  const first = await startAction(company, runner, run, { inputs: { join: 'false' } }).ended;
  expect(first.code, first.stderr).toBe(0);
  const { 'join-command': joinCommand = '' } = outputsOf(runner);
  const [, token = 'none'] = /--token (\S+)/.exec(joinCommand) ?? [];
  expect(first.stderr).toContain(`::add-mask::${token}\n`);
  expect((first.stdout + first.stderr).replace(`::add-mask::${token}`, '')).not.toContain(token);

  const deployed = await company.runner(2);
  expect(await deployed.run(`${joinCommand} --no-systemd`)).toMatchObject({ code: 0 });
  const waited = await startAction(company, runner, run, {
    inputs: { command: 'wait', check: '10.250.0.5' },
  }).ended;
  expect(waited.code, waited.stderr).toBe(0);
  expect(waited.stdout).toContain('app-13-1: up, 10.200.0.');

  const down = await startAction(company, runner, run, { inputs: { command: 'down' } }).ended;
  expect(down.code, down.stderr).toBe(0);
  await expectNothingLeft(company, deployed);
});

test('GitLab: the template’s job is in the private network before its script begins, and stops with its environment', async ({
  company,
}) => {
  const runner = await company.runner();
  const { issuer } = company.issuers.gitlab;
  const project = join(runner.folder, 'project');
  makeProject(project, usingTemplate(company.server.url, reachPrivateHost));
  const claims = { pipeline_source: 'merge_request_event', job_project_id: '20' };
  const idToken = await issuer.mintFor('gitlab', company.server.url, claims);
  const variables = {
    GITLAB_CI: 'true',
    CI_PROJECT_PATH: 'group/app',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_IID: '7',
    CULVERT_ID_TOKEN: idToken,
  };
  const given = Object.entries(variables).map(([name, value]) => `--variable ${name}=${value}`);
  const run = (job: string) =>
    runner.run(
      `cd ${project} && ${node} ${gitlabCiLocal} ${job} --force-shell-executor --ignore-predefined-vars ${Object.keys(variables).join(',')} ${given.join(' ')}`,
    );
  const up = await run('preview');
  expect(up.code, up.stdout + up.stderr).toBe(0);
  expect(up.stdout).toContain('2 received');
  expect(up.stdout).toContain('This machine has left its preview.');
  expect(await previewsOf(company)).toMatchObject([{ change: '!7', repository: 'group/app' }]);

  const down = await run('preview-down');
  expect(down.code, down.stdout + down.stderr).toBe(0);
  await expectNothingLeft(company, runner);
});

test('Bitbucket: the steps’ scripts reach the private network and take the preview down', async ({
  company,
}) => {
  const runner = await company.runner();
  const { issuer } = company.issuers.bitbucket;
  const filledIn = (lines: readonly string[]) =>
    lines
      .join('\n')
      .replaceAll('https://culvert.example.com', company.server.url)
      .replaceAll('./test-with-database.sh', reachPrivateHost);
  const environment = async () => ({
    BITBUCKET_BUILD_NUMBER: '1',
    BITBUCKET_REPO_FULL_NAME: 'acme/app',
    BITBUCKET_PR_ID: '3',
    // As Bitbucket does: a list, of one.
    BITBUCKET_STEP_OIDC_TOKEN: await issuer.mint({
      workspaceUuid: '{6a1b}',
      repositoryUuid: '{90cd}',
      branchName: 'feature',
      aud: [company.server.url],
    }),
  });
  const steps = readSteps();
  const up = await runner.run(filledIn(steps.up.script), await environment());
  expect(up.code, up.stderr).toBe(0);
  expect(up.stdout).toContain('2 received');
  const after = await runner.run(filledIn(steps.up['after-script'] ?? []), await environment());
  expect(after).toMatchObject({ code: 0, stdout: 'This machine has left its preview.\n' });

  const down = await runner.run(filledIn(steps.down.script), { ...(await environment()), CHANGE: '#3' });
  expect(down.code, down.stderr).toBe(0);
  await expectNothingLeft(company, runner);
});
