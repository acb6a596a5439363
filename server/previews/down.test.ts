import { beforeEach, expect, test } from 'vitest';
import { agentClose } from '../../contract/agentProtocol.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body } from '../fixtures.ts';
import { previewTeam, type PreviewTeam } from './testing/team.ts';

let given: PreviewTeam;

beforeEach(async () => {
  given = await previewTeam();
});

test('taking it down removes the workspace, its replicas and its join tokens', async () => {
  const { preview, joinToken } = await given.up(given.olgasToken);
  const agent = await new FakeAgent(given.host.deps.hub).join(joinToken);
  given.host.clock.advance(1000);
  expect(await given.down(given.olgasToken)).toMatchObject({
    id: preview.id,
    state: 'removed',
    workspace: null,
    removedAt: new Date(given.host.clock.now()).toISOString(),
    removedReason: 'down',
    replicas: { total: 0, online: 0 },
    tunnels: [],
  });
  expect(agent.closedWith?.code).toBe(agentClose.revoked);
  await expect(new FakeAgent(given.host.deps.hub).join(joinToken)).rejects.toThrow('token_revoked');
  await body(await given.ada.client.get(`${given.team}/workspaces/app-12`), 404);
  expect(await body(await given.ada.client.get(given.previews), 200)).toMatchObject({ total: 0 });
  expect(await body(await given.ada.client.get(`${given.previews}/${preview.id}`), 200)).toMatchObject({
    state: 'removed',
  });
});

test('once more changes nothing but the mark’s time', async () => {
  await given.up(given.olgasToken);
  await given.down(given.olgasToken);
  given.host.clock.advance(1000);
  expect(await given.down(given.olgasToken)).toMatchObject({
    state: 'removed',
    removedAt: new Date(given.host.clock.now()).toISOString(),
  });
});

test('where there was none it says so, and leaves a mark', async () => {
  expect(await given.down(given.olgasToken)).toEqual({ preview: null });
  given.host.clock.advance(1000);
  expect(await body(await given.ask(given.olgasToken, { runningForSeconds: 60 }), 409)).toMatchObject({
    code: 'preview_taken_down',
  });
  await given.up(given.olgasToken);
});

test('somebody else’s is refused, and no mark is left that keeps them from bringing it up', async () => {
  await given.up(given.adasToken);
  await body(
    await given.olgasToken.post(`${given.previews}/down`, { repository: 'octo/app', change: '12' }),
    403,
  );
  await given.up(given.adasToken, { runningForSeconds: 60 }, 200);
  await given.down(given.adasToken);
  await body(
    await given.olgasToken.post(`${given.previews}/down`, { repository: 'octo/app', change: '12' }),
    403,
  );
});

test('made anew by somebody else, it is theirs to take down, also once more', async () => {
  await given.up(given.olgasToken);
  await given.down(given.olgasToken);
  const hanna = await given.host.member('Hanna', given.teamId);
  await given.up(hanna.client);
  await given.down(hanna.client);
  expect(await given.down(hanna.client)).toMatchObject({ state: 'removed' });
});

test('an admin takes down anybody’s', async () => {
  await given.up(given.olgasToken);
  expect(await given.down(given.adasToken)).toMatchObject({ state: 'removed' });
});

test('a workspace that somebody deletes by hand is a preview that was taken down', async () => {
  const { preview } = await given.up(given.olgasToken);
  given.host.clock.advance(1000);
  await body(await given.ada.client.delete(`${given.team}/workspaces/app-12`), 204);
  expect(await body(await given.ada.client.get(`${given.previews}/${preview.id}`), 200)).toMatchObject({
    state: 'removed',
    removedReason: 'deleted',
    workspace: null,
  });
  given.host.clock.advance(1000);
  await body(await given.ask(given.olgasToken, { runningForSeconds: 60 }), 409);
  await given.up(given.olgasToken);
});

test('dashboards are told', async () => {
  await given.up(given.olgasToken);
  given.host.clock.advance(250);
  const heard = new Set<string>();
  given.host.deps.bus.subscribe(given.teamId, (topics) => {
    for (const topic of topics) heard.add(topic);
  });
  await given.down(given.olgasToken);
  given.host.clock.advance(250);
  expect([...heard]).toEqual(
    expect.arrayContaining(['previews', 'workspaces', 'vpns', `vpn:${given.vpn.id}`, 'activity']),
  );
});
