import { beforeEach, expect, test } from 'vitest';
import { createPreviewTeam, passTimeByWaiting, type PreviewTeam } from './testing.ts';

let given: PreviewTeam;
beforeEach(async () => {
  given = await createPreviewTeam();
});

test('wait ends when what was deployed has its tunnels up', async () => {
  const { agent } = await given.deployed({ state: 'connecting', attempt: 1 });
  const waited = await given.wait([], { wait: () => given.tell(agent, { state: 'up' }) });
  expect(waited).toMatchObject({ exit: 0 });
  expect(waited.stdout).toContain('app-12-1: up, 10.200.0.1');
});

test('wait asks what is to answer until it does', async () => {
  const { agent } = await given.deployed({ state: 'up' });
  const answers: ('failed' | 'succeeded')[] = ['failed', 'succeeded'];
  const answer = async () => {
    await expect.poll(() => agent.all('verify').length).toBe(3 - answers.length);
    const state = answers.shift() ?? 'succeeded';
    const { id } = agent.last('verify');
    await agent.say({ type: 'verified', id, state, code: null, message: 'x', roundTripMs: null });
  };
  const first = answer();
  const waited = await given.wait(['--check', '10.250.0.5:5432'], {
    wait: async () => {
      await first;
      void answer();
    },
  });
  expect(waited).toMatchObject({ exit: 0 });
  expect(agent.last('verify')).toMatchObject({ address: '10.250.0.5', port: 5432 });
});

test('a check that stays unanswered is no tunnel that failed, and says so', async () => {
  const { agent } = await given.deployed({ state: 'up' });
  const wait = passTimeByWaiting();
  const waiting = given.wait(['--check', '10.250.0.5', '--timeout', '1s'], { wait });
  let ended = false;
  void waiting.then(() => (ended = true));
  for (let asked = 1; ; asked += 1) {
    await expect.poll(() => ended || agent.all('verify').length === asked).toBe(true);
    if (ended) break;
    const { id } = agent.last('verify');
    await agent.say({
      type: 'verified',
      id,
      state: 'failed',
      code: 'timeout',
      message: 'No answer in 10 s',
      roundTripMs: null,
    });
  }
  const { exit, stderr } = await waiting;
  expect(exit).toBe(7);
  expect(stderr).toContain(
    'culvert: 10.250.0.5 doesn’t answer through the tunnel. app-12-1: No answer in 10 s',
  );
});

test('wait for a preview that isn’t there is told how it is made', async () => {
  expect(await given.wait()).toMatchObject({
    exit: 3,
    stderr: 'culvert: There is no preview of #12 of octo/app.\nMake it: culvert preview up\n',
  });
});

test('down removes it, and once more there is none; neither is an error', async () => {
  const { preview } = await given.deployed({ state: 'up' });
  expect(await given.down()).toMatchObject({
    exit: 0,
    stdout: 'The preview of #12 of octo/app is gone.\n',
  });
  expect((await given.down(['--change', 'other'])).stdout).toBe(
    'There was no preview of other. A run that is on its way won’t make one.\n',
  );
  const workspace = `${given.team.path}/workspaces/${preview.workspace?.id ?? ''}`;
  expect((await given.anna.client.get(workspace)).status).toBe(404);
});

test('leave on a machine that joined nothing is no error', async () => {
  expect(await given.culvert(['preview', 'leave'])).toMatchObject({
    exit: 0,
    stdout: 'This machine is in no preview.\n',
  });
});
