import { beforeEach, describe, expect, test } from 'vitest';
import { body, createWorkspace, forwardPort, setPortVisibility } from '../fixtures.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;
const all = { organization: true, public: true };

/** Port 3000 of the workspace `api` is public, 3001 is for the organization, 3002 is private and 3003 was public when it was stopped. */
beforeEach(async () => {
  world = await createPortWorld();
  const { olga, team } = world;
  for (const port of [3000, 3001, 3002, 3003]) await forwardPort(olga.client, team.path, 'api', port);
  await share(3000, 'public');
  await share(3001, 'organization');
  await share(3003, 'public');
  await body(await olga.client.delete(`${team.path}/workspaces/api/ports/3003`), 204);
});

const share = (port: number, visibility: 'organization' | 'public') =>
  setPortVisibility(world.olga.client, world.team.path, 'api', port, visibility);
const setPolicy = async (portPolicy: { organization: boolean; public: boolean }) =>
  body(await world.ada.client.patch(world.team.path, { portPolicy }, { ifMatch: '*' }), 200);

describe('a policy that forbids', () => {
  test.each([
    ['public ports', { ...all, public: false }, { 3000: 'private', 3001: 'organization' }],
    ['ports of the organization', { ...all, organization: false }, { 3000: 'public', 3001: 'private' }],
    ['both', { organization: false, public: false }, { 3000: 'private', 3001: 'private' }],
  ] as const)('%s makes those private, and no others', async (_, policy, expected) => {
    expect(await setPolicy(policy)).toMatchObject({ portPolicy: policy, revision: 2, name: 'Acme' });
    const ports = await world.ports();
    for (const [port, visibility] of Object.entries({ ...expected, 3002: 'private' })) {
      expect(ports[Number(port)]?.visibility, port).toBe(visibility);
    }
  });

  test('public ports tells their owners and the activity, and has everybody ask again', async () => {
    const before = await world.row(3000);
    const topics = await world.published(() => setPolicy({ ...all, public: false }));
    expect(topics).toEqual(['activity', 'ports', `ports:${world.api.id}`, 'team']);
    expect(await world.notices(world.olga.client)).toMatchObject([
      { port: 3000, notice: { from: 'public', reason: 'policy', at: expect.any(String) } },
    ]);
    expect(await world.row(3000)).toMatchObject({
      access_epoch: before.access_epoch + 1,
      revision: before.revision + 1,
      shared_by: null,
      shared_at: null,
    });
    expect(await world.activity()).toContainEqual({
      by: 'Culvert',
      action: 'port.made-private',
      summary:
        'Made port 3000 of the workspace api private because the team no longer allows that. It was public.',
    });
  });

  test('public ports refuses to share one, with the reason', async () => {
    const { olga, team } = world;
    await setPolicy({ ...all, public: false });
    const path = `${team.path}/workspaces/api/ports/3002`;
    expect(
      await body(await olga.client.patch(path, { visibility: 'public' }, { ifMatch: '*' }), 403),
    ).toMatchObject({
      title: 'The team doesn’t allow public ports. Admins can change that in Settings.',
    });
    await share(3002, 'organization');
  });

  test('a level that is less than public leaves the other way down open', async () => {
    await setPolicy({ ...all, organization: false });
    const { olga, team } = world;
    const path = `${team.path}/workspaces/api/ports/3000`;
    const down = await olga.client.patch(path, { visibility: 'private' }, { ifMatch: '*' });
    expect(await body(down, 200)).toMatchObject({ visibility: 'private', notice: null });
  });

  test('public ports leaves what another team shares as it is', async () => {
    const other = await world.addTeam('Other');
    const eve = await world.member('Eve', other.id, 'admin');
    await createWorkspace(eve.client, other.path, 'api');
    await forwardPort(eve.client, other.path, 'api', 3000);
    await setPortVisibility(eve.client, other.path, 'api', 3000, 'public');
    await setPolicy({ organization: false, public: false });
    expect(await body(await eve.client.get(`${other.path}/ports`), 200)).toMatchObject({ total: 1 });
    await body(await eve.client.get(`${world.team.path}/ports`), 404);
  });
});

test('allowing again shares nothing by itself', async () => {
  await setPolicy({ ...all, public: false });
  await setPolicy(all);
  expect((await world.ports())[3000]).toMatchObject({ visibility: 'private', notice: { from: 'public' } });
  await share(3000, 'public');
});

test('a port that was public when it was stopped comes back private under a policy that forbids it', async () => {
  await setPolicy({ ...all, public: false });
  expect(await forwardPort(world.olga.client, world.team.path, 'api', 3003)).toMatchObject({
    visibility: 'private',
    notice: { from: 'public', reason: 'added-again' },
  });
});

describe('the activity of a team', () => {
  const teamDeeds = async () => {
    const answer = await body(await world.ada.client.get(`${world.team.path}/activity?search=ports`), 200);
    return JSON.stringify(answer);
  };

  test('says what was forbidden and what allowed', async () => {
    await setPolicy({ organization: false, public: false });
    expect(await teamDeeds()).toContain('Forbade ports that every member can reach. Forbade public ports.');
    await setPolicy({ organization: true, public: false });
    expect(await teamDeeds()).toContain('"Allowed ports that every member can reach."');
  });

  test('says that it was renamed only where it was', async () => {
    await setPolicy({ ...all, public: false });
    const answer = await body(await world.ada.client.get(`${world.team.path}/activity`), 200);
    expect(JSON.stringify(answer)).not.toContain('team.renamed');
  });
});

test('a policy and a name may change together, and an unchanged one counts as no change', async () => {
  const { ada, team } = world;
  const both = { name: 'Acme Labs', portPolicy: { organization: true, public: false } };
  expect(await body(await ada.client.patch(team.path, both, { ifMatch: '"1"' }), 200)).toMatchObject({
    ...both,
    revision: 2,
  });
  expect(await body(await ada.client.patch(team.path, both, { ifMatch: '"2"' }), 200)).toMatchObject({
    revision: 2,
  });
  expect(await body(await ada.client.patch(team.path, both, { ifMatch: '"1"' }), 412)).toMatchObject({
    current: { portPolicy: both.portPolicy, members: 3 },
  });
});

test('while a policy is set, nobody shares beside it', async () => {
  const { ada, olga, team } = world;
  const path = `${team.path}/workspaces/api/ports/3002`;
  await Promise.all([
    ada.client.patch(team.path, { portPolicy: { ...all, public: false } }, { ifMatch: '*' }),
    olga.client.patch(path, { visibility: 'public' }, { ifMatch: '*' }),
  ]);
  expect((await world.row(3002)).visibility).toBe('private');
});
