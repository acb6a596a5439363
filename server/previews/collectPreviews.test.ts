import { beforeEach, describe, expect, test } from 'vitest';
import { agentClose } from '../../contract/agentProtocol.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, createJoinToken } from '../fixtures.ts';
import { startRollouts } from '../rollouts/rollouts.ts';
import { collectPreviews, keepPreviewsCollected } from './collectPreviews.ts';
import { previewTeam, type PreviewTeam } from './testing/team.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let given: PreviewTeam;

beforeEach(async () => {
  given = await previewTeam();
  // The server has run for a while, so that whoever is away has gone.
  given.host.clock.advance(HOUR);
});

const agent = (name: string) => new FakeAgent(given.host.deps.hub, name);
const read = async (id: string) => await body(await given.adasToken.get(`${given.previews}/${id}`), 200);
const replicas = async () =>
  await body(await given.adasToken.get(`${given.team}/workspaces/app-12/replicas`), 200);

describe('a preview’s time', () => {
  test('is up: the workspace goes with its replicas, and the preview says why', async () => {
    const { preview, joinToken } = await given.up(given.olgasToken, { ttlSeconds: 3600 });
    const one = await agent('one').join(joinToken);
    given.host.clock.advance(HOUR - 1);
    await collectPreviews(given.host.deps);
    expect(await read(preview.id)).toMatchObject({ state: 'here' });
    given.host.clock.advance(1);
    await collectPreviews(given.host.deps);
    expect(await read(preview.id)).toMatchObject({ state: 'removed', removedReason: 'expired' });
    expect(one.closedWith?.code).toBe(agentClose.revoked);
    await body(await given.adasToken.get(`${given.team}/workspaces/app-12`), 404);
    expect(await body(await given.adasToken.get(`${given.team}/activity`), 200)).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          actor: expect.objectContaining({ kind: 'system' }),
          summary: 'The time of the preview 12 of octo/app was up: deleted its workspace app-12.',
        }),
      ]),
    });
  });

  test('begins anew whenever somebody asks for it', async () => {
    const { preview } = await given.up(given.olgasToken, { ttlSeconds: 3600 });
    given.host.clock.advance(HOUR - 1);
    await given.up(given.olgasToken, { ttlSeconds: 3600 }, 200);
    given.host.clock.advance(HOUR - 1);
    await collectPreviews(given.host.deps);
    expect(await read(preview.id)).toMatchObject({ state: 'here' });
  });

  test('being up keeps nobody from bringing it back, also a run that began before', async () => {
    await given.up(given.olgasToken, { ttlSeconds: 600 });
    given.host.clock.advance(HOUR);
    await collectPreviews(given.host.deps);
    await given.up(given.olgasToken, { runningForSeconds: 7200 });
  });

  test('is looked at twice a minute until that is stopped', async () => {
    const stop = keepPreviewsCollected(given.host.deps);
    expect(given.host.clock.pending).toContain(30 * SECOND);
    given.host.clock.advance(30 * SECOND);
    expect(given.host.clock.pending).toContain(30 * SECOND);
    const before = given.host.clock.pending.length;
    stop();
    expect(given.host.clock.pending).toHaveLength(before - 1);
  });

  test('as long as it isn’t up touches nobody else’s workspaces', async () => {
    await body(await given.ada.client.post(`${given.team}/workspaces`, { name: 'mine' }), 201);
    given.host.clock.advance(60 * DAY);
    await collectPreviews(given.host.deps);
    await body(await given.adasToken.get(`${given.team}/workspaces/mine`), 200);
  });
});

describe('a replica that is a pipeline’s job', () => {
  test('is removed once it has been away for three minutes, and its token with it', async () => {
    const { joinToken } = await given.up(given.olgasToken, { ephemeral: true });
    const one = await agent('one').join(joinToken);
    await one.hangUp();
    given.host.clock.advance(3 * MINUTE - 1);
    await collectPreviews(given.host.deps);
    expect(await replicas()).toMatchObject({ total: 1 });
    given.host.clock.advance(1);
    await collectPreviews(given.host.deps);
    expect(await replicas()).toMatchObject({ total: 0 });
    await expect(one.join(joinToken)).rejects.toThrow('token_revoked');
  });

  test('stays while it is online, and other replicas stay however long they are away', async () => {
    const job = await given.up(given.olgasToken, { ephemeral: true });
    const deployed = await given.up(given.olgasToken, {}, 200);
    await agent('job').join(job.joinToken);
    const away = await agent('deployed').join(deployed.joinToken);
    const { token } = await createJoinToken(given.ada.client, given.team, 'app-12');
    const byHand = await agent('by-hand').join(token);
    await away.hangUp();
    await byHand.hangUp();
    given.host.clock.advance(DAY);
    await collectPreviews(given.host.deps);
    expect(await replicas()).toMatchObject({ total: 3 });
  });

  test('is removed at once when the next run asks for the preview, and only that preview’s', async () => {
    const other = await given.up(given.olgasToken, { ephemeral: true, change: '13' });
    const mine = await given.up(given.olgasToken, { ephemeral: true });
    const gone = await agent('gone').join(mine.joinToken);
    await (await agent('elsewhere').join(other.joinToken)).hangUp();
    await agent('here').join((await given.up(given.olgasToken, { ephemeral: true }, 200)).joinToken);
    await gone.hangUp();
    const { preview } = await given.up(given.olgasToken, { ephemeral: true }, 200);
    expect(preview).toMatchObject({ replicas: { total: 1, online: 1 } });
    expect(await read(other.preview.id)).toMatchObject({ replicas: { total: 1, online: 0 } });
  });

  test('on a runner that keeps its state comes again with the next job', async () => {
    const first = await given.up(given.olgasToken, { ephemeral: true });
    const runner = await agent('runner').join(first.joinToken);
    await runner.hangUp();
    const second = await given.up(given.olgasToken, { ephemeral: true }, 200);
    await runner.join(second.joinToken);
    expect(await replicas()).toMatchObject({ total: 1, items: [{ online: true }] });
  });

  test('has a minute to come back after the server restarted, and three before it counts as gone', async () => {
    const { joinToken } = await given.up(given.olgasToken, { ephemeral: true });
    await (await agent('one').join(joinToken)).hangUp();
    given.host.clock.advance(10 * MINUTE);
    given.host.deps.rollouts = await startRollouts(given.host.deps);
    await collectPreviews(given.host.deps);
    await given.up(given.olgasToken, { ephemeral: true }, 200);
    expect(await replicas()).toMatchObject({ total: 1 });
    given.host.clock.advance(MINUTE);
    await collectPreviews(given.host.deps);
    expect(await replicas()).toMatchObject({ total: 1 });
    given.host.clock.advance(2 * MINUTE);
    await collectPreviews(given.host.deps);
    expect(await replicas()).toMatchObject({ total: 0 });
  });

  test('has an hour to join, and a token that no job came with is forgotten', async () => {
    const { preview, joinToken } = await given.up(given.olgasToken, { ephemeral: true });
    given.host.clock.advance(HOUR);
    await collectPreviews(given.host.deps);
    await expect(agent('late').join(joinToken)).rejects.toThrow('token_revoked');
    const path = `${given.team}/workspaces/${preview.workspace?.id}/join-tokens`;
    expect(await body(await given.adasToken.get(path), 200)).toMatchObject({ total: 0 });
  });
});

test('marks and runs are kept for thirty days', async () => {
  const { preview } = await given.up(given.olgasToken);
  await given.down(given.olgasToken);
  given.host.clock.advance(30 * DAY - 1);
  await collectPreviews(given.host.deps);
  expect(await read(preview.id)).toMatchObject({ state: 'removed' });
  given.host.clock.advance(2);
  await collectPreviews(given.host.deps);
  await body(await given.adasToken.get(`${given.previews}/${preview.id}`), 404);
  expect(await given.host.db.selectFrom('pipeline_run').selectAll().execute()).toEqual([]);
});
