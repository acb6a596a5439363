import { describe, expect, test } from 'vitest';
import { portCan } from '../../contract/portAccess.ts';
import { body, forwardPort, listPorts, setPortVisibility } from '../fixtures.ts';
import { issueToken } from '../session/tokens.ts';
import type { TestClient } from '../testing.ts';
import { createPortWorld } from './testing/portWorld.ts';

/** Who asks, in the columns of the table. `owner` and `member` have the same role; the workspace `api` is the owner’s. */
const viewers = [
  'anonymous',
  'admin',
  'owner',
  'member',
  'other team’s admin',
  'owner’s API token',
  'admin’s API token',
] as const;
type Viewer = (typeof viewers)[number];

const label = { label: 'Web' };
const https = { protocol: 'https' };
const level = (visibility: string) => ({ visibility });

/** Route × viewer → status. Of `api`, 3000 is public, 3001 of the organization, 3002 private; 3009 was never forwarded. */
const cases: [string, unknown, number[]][] = [
  //                                                    anon admin ownr memb othr oTok aTok
  ['GET /ports', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['GET /port-notices', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['GET /workspaces/api/ports', undefined, [401, 200, 200, 200, 404, 200, 200]],
  ['PUT /workspaces/api/ports/3009', {}, [401, 403, 201, 403, 404, 201, 403]],
  ['PUT /workspaces/api/ports/3000', {}, [401, 403, 200, 403, 404, 200, 403]],
  ['PATCH /workspaces/api/ports/3000', label, [401, 403, 200, 403, 404, 200, 403]],
  ['PATCH /workspaces/api/ports/3000', https, [401, 403, 200, 403, 404, 200, 403]],
  ['PATCH /workspaces/api/ports/3002', level('public'), [401, 403, 200, 403, 404, 200, 403]],
  ['PATCH /workspaces/api/ports/3001', level('public'), [401, 403, 200, 403, 404, 200, 403]],
  ['PATCH /workspaces/api/ports/3000', level('organization'), [401, 200, 200, 403, 404, 200, 200]],
  ['PATCH /workspaces/api/ports/3000', level('private'), [401, 200, 200, 403, 404, 200, 200]],
  [
    'PATCH /workspaces/api/ports/3000',
    { ...label, ...level('private') },
    [401, 403, 200, 403, 404, 200, 403],
  ],
  ['PATCH /workspaces/api/ports/3009', level('private'), [401, 409, 409, 403, 404, 409, 409]],
  ['DELETE /workspaces/api/ports/3000', undefined, [401, 204, 204, 403, 404, 204, 204]],
  ['DELETE /workspaces/api/ports/3009', undefined, [401, 404, 404, 403, 404, 404, 404]],
  ['DELETE /workspaces/api/ports/3000/notice', undefined, [401, 403, 204, 403, 404, 204, 403]],
];

async function createWorld() {
  const world = await createPortWorld();
  const { ada, olga, bob, team, db, clock } = world;
  for (const port of [3000, 3001, 3002]) await forwardPort(olga.client, team.path, 'api', port);
  await setPortVisibility(olga.client, team.path, 'api', 3000, 'public');
  await setPortVisibility(olga.client, team.path, 'api', 3001, 'organization');
  const other = await world.addTeam('Other');
  const eve = await world.member('Eve', other.id, 'admin');
  const tokenOf = async (userId: string) => {
    const grant = { kind: 'api', userId, teamId: team.id, name: 'CI', lifetimeMs: 86_400_000 } as const;
    return world.withApiToken((await issueToken(db, clock, grant)).text);
  };
  const clients: Record<Viewer, TestClient> = {
    anonymous: world.anonymous,
    admin: ada.client,
    owner: olga.client,
    member: bob.client,
    'other team’s admin': eve.client,
    'owner’s API token': await tokenOf(olga.id),
    'admin’s API token': await tokenOf(ada.id),
  };
  return { ...world, clients };
}

describe.each(cases)('%s %j', (route, sent, expected) => {
  test.each(viewers)('%s', async (viewer) => {
    const { clients, team } = await createWorld();
    const [method = '', path = ''] = route.split(' ');
    const answer = await clients[viewer].send(method, team.path + path, sent, { ifMatch: '*' });
    expect(answer.status, await answer.clone().text()).toBe(expected[viewers.indexOf(viewer)]);
    // Whoever may see a thing but not do that is told why, in the words that the dashboard shows on the button.
    if (answer.status === 403) {
      expect(await body(answer, 403)).toMatchObject({
        title: expect.stringContaining('owner of the workspace'),
      });
    }
  });
});

test('an admin who opens a port is refused with the reason that the dashboard shows', async () => {
  const { clients, team, ada, olga } = await createWorld();
  const path = `${team.path}/workspaces/api/ports/3001`;
  const answer = await clients.admin.patch(path, level('public'), { ifMatch: '*' });
  const permission = portCan.setVisibility(
    { userId: ada.id, role: 'admin' },
    { ownerId: olga.id },
    { from: 'organization', to: 'public' },
    { organization: true, public: true },
  );
  expect(permission).toMatchObject({ allowed: false });
  expect(await body(answer, 403)).toMatchObject({ title: !permission.allowed && permission.reason });
});

describe('members who neither own the workspace nor administer the team', () => {
  test('see what is shared with them, and not how it runs', async () => {
    const world = await createWorld();
    const { olga, bob, ada, team } = world;
    await (await world.join()).ports({ port: 3000, process: 'vite' }, 3001, 3002, 3003, 5432);
    await olga.client.patch(`${team.path}/workspaces/api/ports/3002`, https, { ifMatch: '*' });

    const seen = await listPorts(bob.client, team.path, 'api');
    expect(seen.complete).toBe(false);
    expect(seen.items.map(({ port, visibility, status }) => [port, visibility, status])).toEqual([
      [3000, 'public', 'listening'],
      [3001, 'organization', 'listening'],
    ]);
    for (const port of seen.items) expect(port).toMatchObject({ process: null, replicas: [], notice: null });

    for (const client of [olga.client, ada.client]) {
      const { items, complete } = await listPorts(client, team.path, 'api');
      expect(complete).toBe(true);
      expect(items.map(({ port }) => port)).toEqual([3000, 3001, 3002, 3003, 5432]);
      expect(items[0]).toMatchObject({ process: 'vite', replicas: [{ name: 'api-1' }] });
    }
  });

  test('see no notice of a share that ended and is on again for fewer', async () => {
    const world = await createWorld();
    const { olga, bob, team } = world;
    const path = `${team.path}/workspaces/api/ports/3000`;
    await olga.client.patch(path, https, { ifMatch: '*' });
    expect((await listPorts(bob.client, team.path, 'api')).items.map(({ port }) => port)).toEqual([3001]);
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('can’t find out by %s which ports there are', async (method) => {
    const { clients, team } = await createWorld();
    const sent = { PUT: {}, PATCH: { visibility: 'private' } }[method];
    const answers = await Promise.all(
      [3000, 3002, 3009].map(async (port) => {
        const answer = await clients.member.send(method, `${team.path}/workspaces/api/ports/${port}`, sent);
        const { requestId: _, ...said } = await answer.json();
        return { status: answer.status, said };
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(403);
  });

  test('and people of other teams get the same answer for ports that are and that aren’t', async () => {
    const { clients, team } = await createWorld();
    const said = await Promise.all(
      ['api/ports/3000', 'api/ports/3009', 'none/ports/3000'].map(async (path) => {
        const answer = await clients['other team’s admin'].delete(`${team.path}/workspaces/${path}`);
        const { requestId: _, ...problem } = await answer.json();
        return problem;
      }),
    );
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });
});
