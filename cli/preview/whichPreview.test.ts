import { beforeEach, describe, expect, test } from 'vitest';
import type { PreviewIsUp } from '../../contract/previews.ts';
import { pipelineOf } from '../../server/previews/testing/team.ts';
import { createPreviewTeam, VPN, type PreviewTeam } from './testing.ts';

let given: PreviewTeam;
beforeEach(async () => {
  given = await createPreviewTeam();
});

/** What a pipeline of octo/app made. */
async function pipelines() {
  const { server, team, anna } = given;
  const client = await pipelineOf({ host: server, teamId: team.id }, { id: anna.id, name: 'Anna' });
  const answer = await client.post(`${team.path}/previews`, { vpn: VPN, change: '#12' });
  const { preview }: PreviewIsUp = await answer.json();
  return preview;
}

describe('a preview that a pipeline made', () => {
  test('is found by its repository and change, and taken down', async () => {
    await pipelines();
    expect(await given.wait(['--timeout', '1s'], { now: advancing() })).toMatchObject({ exit: 6 });
    expect(await given.down()).toMatchObject({
      exit: 0,
      stdout: 'The preview of #12 of octo/app is gone.\n',
    });
    expect(await given.wait()).toMatchObject({ exit: 3 });
  });

  test('beside a person’s of the same is told apart by its id', async () => {
    const { id } = await pipelines();
    const { preview } = await given.deployed({ state: 'up' });
    for (const several of [await given.wait(), await given.down()]) {
      expect(several.exit).toBe(1);
      expect(several.stderr).toContain('There are 2 previews of #12 of octo/app: ');
      expect(several.stderr).toContain(`${id} (workspace app-12)`);
      expect(several.stderr).toContain(`${preview.id} (workspace app-12-2)`);
    }
    const waited = await given.culvert(['preview', 'wait', '--preview', preview.id]);
    expect(waited).toMatchObject({ exit: 0, stdout: expect.stringContaining('workspace app-12-2') });
    const down = await given.culvert(['preview', 'down', '--preview', id]);
    expect(down).toMatchObject({ exit: 0, stdout: 'The preview of #12 of octo/app is gone.\n' });
    expect(await given.wait()).toMatchObject({ exit: 0 });
  });
});

test('down says where a preview stays because a newer run brought it up', async () => {
  const { preview } = await given.deployed({ state: 'up' });
  const { app } = given.server;
  const down = await given.down([], {
    fetch: async (url, init) =>
      url.endsWith('/previews/down') ? Response.json(preview) : await app.request(url, init),
  });
  expect(down.stdout).toBe('The preview of #12 of octo/app stays: a newer run has brought it up since.\n');
});

describe('waiting longer than a pipeline’s token is good for', () => {
  const never = async () => {
    throw new Error('Nothing is asked.');
  };

  test.each([
    ['a job that shows its identity token', { GITHUB_ACTIONS: 'true', CULVERT_TOKEN: '' }],
    ['a job that holds a pipeline’s token', { CULVERT_TOKEN: 'culv_pipeline_x' }],
  ])('is refused to %s, before anything is asked', async (_, env) => {
    for (const command of [given.up, given.wait]) {
      expect(await command(['--timeout', '56m'], { env, fetch: never })).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining('is at most 55m: what the job signs in with is good for an hour.'),
      });
    }
    expect(await given.up(['--timeout', '55m'], { env, fetch: never })).not.toMatchObject({ exit: 2 });
  });

  test('is fine with an API token', async () => {
    const env = { GITHUB_ACTIONS: 'true' };
    expect(await given.up(['--timeout', '2h'], { env })).toMatchObject({ exit: 0 });
  });
});

/** A clock on which every look is a second later. */
function advancing(): () => number {
  let now = Date.now();
  return () => (now += 1000);
}
