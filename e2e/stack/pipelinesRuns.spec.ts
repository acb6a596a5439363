import { expect, previewsOf, runsOf, test, workspacesOf } from './pipelineFixtures.ts';
import { pullRequest, reachPrivateHost, startAction, startWithToken } from './pipelineJobs.ts';

/** Inside the VPN’s subnet, and nobody’s: a run waits for it. */
const nobody = '10.250.0.77';

test.afterEach(async ({ company }) => {
  await company.removeWorkspaces();
});

test('two runs at once make one preview, and each reaches the private network', async ({ company }) => {
  const runners = [await company.runner(1), await company.runner(2)];
  const jobs = await Promise.all(
    runners.map((runner) => startAction(company, runner, pullRequest(21)).ended),
  );
  for (const { code, stderr } of jobs) expect(code, stderr).toBe(0);
  for (const runner of runners) expect((await runner.run(reachPrivateHost)).stdout).toContain('2 received');
  expect(await workspacesOf(company)).toMatchObject([{ name: 'app-21' }]);
  expect(await previewsOf(company)).toMatchObject([{ change: '#21', replicas: { total: 2, online: 2 } }]);
});

for (const { signal, when, printed } of [
  { signal: 'SIGINT', when: 'while it waits', printed: `Checking ${nobody}` },
  { signal: 'SIGTERM', when: 'while its agent is installed', printed: 'Downloading culvert-agent' },
] as const) {
  test(`a run that is cancelled ${when} says what exists, leaves the machine, and the next one finds the preview`, async ({
    company,
  }) => {
    const runner = await company.runner();
    const job = startAction(company, runner, pullRequest(22), { inputs: { check: nobody } });
    await job.printed(printed);
    job.cancel(signal);
    const { stderr } = await job.ended;
    expect(stderr).toContain('Cancelled.');
    expect(stderr).toContain('The preview of #22 of octo/app: workspace app-22');
    expect((await runsOf(company))[0]).toMatchObject({ result: 'failed', code: 'cancelled' });
    expect((await runner.run('ls /usr/local/lib')).stdout).not.toContain('culvert-preview');

    const next = await startAction(company, runner, pullRequest(22)).ended;
    expect(next.code, next.stderr).toBe(0);
    expect((await runner.run(reachPrivateHost)).stdout).toContain('2 received');
    expect(next.stderr).toContain('Found the preview of #22');
  });
}

test('taking a preview down ends the run that waits for it, and an older run can’t bring it back', async ({
  company,
}) => {
  const [runner, other] = [await company.runner(1), await company.runner(2)];
  const older = pullRequest(23);
  const job = startAction(company, runner, pullRequest(23), { inputs: { check: nobody } });
  await job.printed(`Checking ${nobody}`);
  const down = await startAction(company, other, pullRequest(23, 'closed')).ended;
  expect(down.code, down.stderr).toBe(0);
  const { code, stderr } = await job.ended;
  expect(code, stderr).toBe(1);
  expect(stderr).toContain('Nothing of it is left.');

  const late = await startAction(company, other, older).ended;
  expect(late.code).toBe(1);
  expect(late.stderr).toContain('This preview was taken down after this run began, so it stays down.');
  expect(await workspacesOf(company)).toEqual([]);
});

for (const { why, command, says } of [
  {
    why: 'that is a replica of another workspace already',
    command:
      'mkdir /var/lib/culvert-agent; touch /var/lib/culvert-agent/agent.pid; culvert preview up --join',
    says: 'This machine is a replica of another workspace already',
  },
  {
    why: 'whose jobs can’t be root',
    command: 'setpriv --reuid 65534 --regid 65534 --clear-groups culvert preview up --join',
    says: 'needs root, or sudo without a password',
  },
]) {
  test(`a runner ${why} is told so before anything is made`, async ({ company }) => {
    const token = await company.issuers.github.issuer.mintFor('github', company.server.url);
    const job = await startWithToken(company, await company.runner(), { token, change: '25', command }).ended;
    expect(job).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
    expect(await workspacesOf(company)).toEqual([]);
  });
}

test('a tunnel that fails ends the run with its diagnosis, what to change, and what exists', async ({
  company,
}) => {
  const vpn = await company.vpnWithAnotherKey();
  const runner = await company.runner();
  const { code, stderr } = await startAction(company, runner, pullRequest(24), {
    inputs: { vpnConfig: vpn.name },
  }).ended;
  expect(code, stderr).toBe(7);
  expect(stderr).toMatch(/^culvert: The tunnel of app-24-1 to .* failed: .*pre-shared key/m);
  expect(stderr).toMatch(/^\| On the gateway: /m);
  expect(stderr).toContain('The preview of #24 of octo/app: workspace app-24');
  expect((await runsOf(company))[0]).toMatchObject({ result: 'failed', code: 'psk_differs_v1' });
});
