import { beforeEach, describe, expect, test } from 'vitest';
import { Workspace } from '../../contract/workspaces.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, connect, createVpn, createWorkspace } from '../fixtures.ts';
import { previewTeam, VPN, type PreviewTeam } from './testing/team.ts';

const HOUR = 3_600_000;

let given: PreviewTeam;

beforeEach(async () => {
  given = await previewTeam();
});

const readWorkspace = async (name: string) =>
  Workspace.parse(await body(await given.ada.client.get(`${given.team}/workspaces/${name}`), 200));

describe('bringing a preview up', () => {
  test('makes a workspace of the token’s owner, connected to the VPN, and says how to join it', async () => {
    const { preview, created, joinToken, joinCommand } = await given.up(given.olgasToken);
    expect(created).toBe(true);
    expect(preview).toMatchObject({
      repository: 'octo/app',
      change: '12',
      state: 'here',
      workspace: { name: 'app-12' },
      vpn: { id: given.vpn.id, name: VPN },
      removedAt: null,
      replicas: { total: 0, online: 0 },
      tunnels: [],
    });
    expect(joinCommand).toContain(joinToken);
    expect(await readWorkspace('app-12')).toMatchObject({
      owner: { id: given.olga.id },
      vpns: [{ id: given.vpn.id }],
      preview: { id: preview.id, repository: 'octo/app', change: '12', expiresAt: preview.expiresAt },
    });
  });

  test('a replica that joins opens its tunnel, and the preview shows it', async () => {
    const { preview, joinToken } = await given.up(given.olgasToken);
    const agent = await new FakeAgent(given.host.deps.hub).join(joinToken);
    expect(agent.last('desired')).toMatchObject({ vpns: [{ id: given.vpn.id }] });
    expect(await body(await given.olgasToken.get(`${given.previews}/${preview.id}`), 200)).toMatchObject({
      replicas: { total: 1, online: 1 },
      tunnels: [{ state: 'pending', vpn: { id: given.vpn.id }, replica: { name: 'app-12-1' } }],
    });
  });

  test('again finds it: the same workspace, another join token, a new time', async () => {
    const first = await given.up(given.olgasToken);
    given.host.clock.advance(HOUR);
    const second = await given.up(given.olgasToken, { ttlSeconds: 7200 }, 200);
    expect(second).toMatchObject({
      created: false,
      preview: {
        id: first.preview.id,
        workspace: first.preview.workspace,
        expiresAt: new Date(given.host.clock.now() + 2 * HOUR).toISOString(),
      },
    });
    expect(second.joinToken).not.toBe(first.joinToken);
    for (const [name, token] of [
      ['one', first.joinToken],
      ['two', second.joinToken],
    ] as const) {
      await new FakeAgent(given.host.deps.hub, name).join(token);
    }
    expect(await readWorkspace('app-12')).toMatchObject({ replicas: { total: 2, online: 2 } });
  });

  test('again tells the replicas that are there nothing new', async () => {
    const { joinToken } = await given.up(given.olgasToken);
    const agent = await new FakeAgent(given.host.deps.hub).join(joinToken);
    const heard = agent.heard.length;
    await given.up(given.olgasToken, {}, 200);
    await given.host.deps.hub.settled();
    expect(agent.heard).toHaveLength(heard);
  });

  test('two at once make one, and both can join it', async () => {
    const answers = await Promise.all([given.ask(given.olgasToken), given.ask(given.olgasToken)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 201]);
    const tokens = await Promise.all(answers.map(async (answer) => (await answer.json()).joinToken));
    for (const [index, token] of tokens.entries()) {
      await new FakeAgent(given.host.deps.hub, `job-${index}`).join(token);
    }
    expect(await readWorkspace('app-12')).toMatchObject({ replicas: { total: 2, online: 2 } });
  });

  test('another VPN takes the place of the one before', async () => {
    await given.up(given.olgasToken);
    const other = await createVpn(given.ada.client, given.team, { name: 'Berlin office' });
    const { preview } = await given.up(given.olgasToken, { vpn: 'berlin OFFICE' }, 200);
    expect(preview.vpn).toEqual({ id: other.id, name: 'Berlin office' });
    expect(await readWorkspace('app-12')).toMatchObject({ vpns: [{ id: other.id }] });
  });

  test('connects it again where somebody disconnected it', async () => {
    const { preview } = await given.up(given.olgasToken);
    const path = `${given.team}/vpns/${given.vpn.id}/workspaces/${preview.workspace?.id}`;
    await body(await given.ada.client.delete(path), 204);
    await given.up(given.olgasToken, {}, 200);
    expect(await readWorkspace('app-12')).toMatchObject({ vpns: [{ id: given.vpn.id }] });
  });

  test('a name that is taken gets a number', async () => {
    await createWorkspace(given.ada.client, given.team, 'app-12');
    expect((await given.up(given.olgasToken)).preview.workspace?.name).toBe('app-12-2');
    const other = await given.up(given.olgasToken, { repository: 'other/app' });
    expect(other.preview.workspace?.name).toBe('app-12-3');
  });

  test('changes and repositories are told apart, and the list finds each', async () => {
    const one = await given.up(given.olgasToken);
    const two = await given.up(given.olgasToken, { change: '13' });
    const three = await given.up(given.olgasToken, { repository: 'octo/api' });
    expect(new Set([one, two, three].map(({ preview }) => preview.id)).size).toBe(3);
    expect(await body(await given.ada.client.get(`${given.previews}?search=API`), 200)).toMatchObject({
      total: 1,
      items: [{ id: three.preview.id }],
    });
    expect(await body(await given.ada.client.get(`${given.previews}?limit=2`), 200)).toMatchObject({
      total: 3,
    });
  });
});

describe('what is refused', () => {
  test('an unknown VPN lists the nearest ones, and nothing is made', async () => {
    await createVpn(given.ada.client, given.team, { name: 'Berlin office' });
    expect(await body(await given.ask(given.olgasToken, { vpn: 'company-data-centre' }), 404)).toMatchObject({
      code: 'vpn_unknown',
      title:
        'There is no VPN named “company-data-centre”. The nearest are “Company data center”, “Berlin office”.',
      errors: [{ path: 'vpn', suggestion: VPN }],
    });
    expect(await body(await given.ada.client.get(given.previews), 200)).toMatchObject({ total: 0 });
    expect(await body(await given.ada.client.get(`${given.team}/workspaces`), 200)).toMatchObject({
      total: 0,
    });
  });

  test('a team without a VPN is told that there is none', async () => {
    await body(await given.ada.client.delete(`${given.team}/vpns/${given.vpn.id}`), 204);
    expect(await body(await given.ask(given.olgasToken), 404)).toMatchObject({
      title: 'There is no VPN named “Company data center”. There is none yet that could be used here.',
    });
  });

  test('somebody else’s preview, but not to an admin', async () => {
    await given.up(given.adasToken);
    expect(await body(await given.ask(given.olgasToken), 403)).toMatchObject({ code: 'not_allowed' });
    await given.up(given.olgasToken, { change: '13' });
    await given.up(given.adasToken, { change: '13' }, 200);
  });

  test('a VPN whose subnets overlap with one that somebody connected, and the preview stays as it was', async () => {
    const { preview } = await given.up(given.olgasToken);
    const other = await createVpn(given.ada.client, given.team, {
      name: 'Berlin office',
      peerSubnets: ['10.9.0.0/24'],
    });
    const third = await createVpn(given.ada.client, given.team, {
      name: 'Third',
      peerSubnets: ['10.9.0.0/16'],
    });
    await connect(given.ada.client, given.team, other.id, preview.workspace?.id ?? '');
    expect(await body(await given.ask(given.olgasToken, { vpn: third.name }), 409)).toMatchObject({
      code: 'overlaps_vpn',
      title: expect.stringContaining('app-12 can’t be connected'),
    });
    expect(await readWorkspace('app-12')).toMatchObject({ vpns: [{ id: other.id }, { id: given.vpn.id }] });
  });

  test.each([
    ['no repository', { repository: null }, 'repository'],
    ['a change without a name', { change: ' ' }, 'change'],
    ['a change with a control character', { change: 'a\u0000b' }, 'change'],
    ['a repository with a line break', { repository: 'octo/\napp' }, 'repository'],
    ['a time below ten minutes', { ttlSeconds: 60 }, 'ttlSeconds'],
    ['a time beyond 30 days', { ttlSeconds: 31 * 86_400 }, 'ttlSeconds'],
    ['no VPN', { vpn: '' }, 'vpn'],
  ])('%s', async (_, asking, path) => {
    expect(await body(await given.ask(given.olgasToken, asking), 422)).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  test('somebody who isn’t signed in, or in another team', async () => {
    await body(await given.ask(given.host.anonymous), 401);
    const other = await given.host.addTeam('Other');
    const { client } = await given.host.member('Otto', other.id, 'admin');
    await body(await given.ask(client), 404);
  });

  test('is kept with the runs of the VPN', async () => {
    await given.up(given.adasToken);
    await given.ask(given.olgasToken);
    const rows = await given.host.db
      .selectFrom('pipeline_run')
      .select(['action', 'result', 'code', 'message', 'vpn_id', 'repository_name', 'actor_name'])
      .where('result', '=', 'refused')
      .execute();
    expect(rows).toEqual([
      {
        action: 'up',
        result: 'refused',
        code: 'not_allowed',
        message: 'Only the owner of the workspace or an admin of the team can connect it.',
        vpn_id: given.vpn.id,
        repository_name: 'octo/app',
        actor_name: 'Olga with token CI',
      },
    ]);
  });
});
