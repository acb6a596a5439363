import { beforeEach, describe, expect, test } from 'vitest';
import { Port } from '../../contract/ports.ts';
import { body, forwardPort, setPortVisibility } from '../fixtures.ts';
import type { TestClient } from '../testing.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;
let olga: TestClient;
let ada: TestClient;
let team: string;
const at = (port: number) => `${team}/workspaces/api/ports/${port}`;
const any = { ifMatch: '*' };

beforeEach(async () => {
  world = await createPortWorld();
  ada = world.ada.client;
  olga = world.olga.client;
  team = world.team.path;
  await forwardPort(olga, team, 'api', 3000);
});

const share = (visibility: 'private' | 'organization' | 'public', port = 3000) =>
  setPortVisibility(olga, team, 'api', port, visibility);
const change = async (wish: object, port = 3000) =>
  Port.parse(await body(await olga.patch(at(port), wish, any), 200));
const epoch = async (port = 3000) => (await world.row(port)).access_epoch;

describe('sharing', () => {
  test('says who did it and since when, and is in the activity', async () => {
    world.clock.advance(60_000);
    expect(await share('public')).toMatchObject({
      visibility: 'public',
      sharedBy: { id: world.olga.id, name: 'Olga' },
      sharedAt: '2026-11-21T08:01:00.000Z',
      revision: 2,
    });
    expect(await world.activity()).toContainEqual({
      by: 'Olga',
      action: 'port.visibility-changed',
      summary: 'Made port 3000 of the workspace api public. It was private.',
    });
  });

  test('lets nobody out: access that was given stays good', async () => {
    const before = await epoch();
    await share('organization');
    await share('public');
    expect(await epoch()).toBe(before);
  });

  test.each([
    ['public', 'organization'],
    ['public', 'private'],
    ['organization', 'private'],
  ] as const)('less, from %s to %s, has everybody ask again', async (from, to) => {
    await share(from);
    const before = await epoch();
    expect(await share(to)).toMatchObject({ visibility: to, notice: null });
    expect(await epoch()).toBe(before + 1);
  });

  test('as it is shared already changes nothing', async () => {
    const shared = await share('public');
    const entries = await world.activity();
    world.clock.advance(60_000);
    expect(await share('public')).toEqual(shared);
    expect(await world.activity()).toEqual(entries);
  });

  test.each([
    ['never forwarded', 3001],
    ['stopped', 3002],
    ['listening', 3003],
  ] as const)('a port that is not forwarded but %s is refused with what to do first', async (_, port) => {
    await forwardPort(olga, team, 'api', 3002);
    await body(await olga.delete(at(3002)), 204);
    await (await world.join()).ports({ port: 3003 });
    if (port === 3003) await body(await olga.delete(at(3003)), 204);
    expect(await body(await olga.patch(at(port), { visibility: 'public' }, any), 409)).toMatchObject({
      code: 'not_forwarded',
      title: `Port ${port} isn’t forwarded. Forward it first.`,
    });
  });
});

describe('a change', () => {
  test('without the revision it is based on is refused', async () => {
    await body(await olga.patch(at(3000), { label: 'Web' }), 428);
  });

  test('that is based on an older revision is refused with the port as it is now', async () => {
    await share('public');
    const answer = await body(await olga.patch(at(3000), { label: 'Web' }, { ifMatch: '"1"' }), 412);
    expect(answer).toMatchObject({ current: { port: 3000, visibility: 'public', revision: 2 } });
    expect(await world.ports()).toMatchObject({ 3000: { label: null } });
  });

  test('of two that are based on one revision, only one goes through', async () => {
    const answers = await Promise.all(
      ['Web', 'Shop'].map((label) => olga.patch(at(3000), { label }, { ifMatch: '"1"' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });

  test('of the label is in the activity without the label', async () => {
    expect(await change({ label: ' Pay roll ' })).toMatchObject({ label: 'Pay roll', revision: 2 });
    expect(await change({ label: null })).toMatchObject({ label: null, revision: 3 });
    const summaries = (await world.activity()).map(({ summary }) => summary);
    expect(summaries).toEqual(
      expect.arrayContaining([
        'Named port 3000 of the workspace api.',
        'Removed the name of port 3000 of the workspace api.',
      ]),
    );
    expect(summaries.join()).not.toContain('Pay roll');
  });

  test('of nothing writes nothing', async () => {
    expect(await change({ label: null, visibility: 'private' })).toMatchObject({ revision: 1 });
    expect(await change({})).toMatchObject({ revision: 1 });
    expect((await world.activity()).map(({ action }) => action)).toEqual(['port.forwarded']);
  });
});

describe('a public http port that becomes https', () => {
  test('is private again, and its owner is told why', async () => {
    await share('public');
    const before = await epoch();
    expect(await change({ protocol: 'https' })).toMatchObject({
      protocol: 'https',
      visibility: 'private',
      sharedBy: null,
      sharedAt: null,
      notice: { from: 'public', reason: 'https', at: '2026-11-21T08:00:00.000Z' },
    });
    expect(await epoch()).toBe(before + 1);
    expect(await world.activity()).toEqual(
      expect.arrayContaining([
        {
          by: 'Olga',
          action: 'port.protocol-changed',
          summary: 'Changed the protocol of port 3000 of the workspace api to https.',
        },
        {
          by: 'Culvert',
          action: 'port.made-private',
          summary:
            'Made port 3000 of the workspace api private because its protocol became https. It was public.',
        },
      ]),
    );
  });

  test('is private also where the same request asks for public', async () => {
    await share('public');
    expect(await change({ protocol: 'https', visibility: 'public' })).toMatchObject({
      visibility: 'private',
      notice: { reason: 'https' },
    });
  });

  test('is private also where it is forwarded anew', async () => {
    await share('public');
    expect(await body(await olga.put(at(3000), { protocol: 'https' }), 200)).toMatchObject({
      visibility: 'private',
      notice: { reason: 'https' },
    });
  });

  test('has no notice where its owner makes it less visible with it', async () => {
    await share('public');
    expect(await change({ protocol: 'https', visibility: 'organization' })).toMatchObject({
      visibility: 'organization',
      notice: null,
    });
  });

  test('is unlike one that was private: that one may become both at once', async () => {
    expect(await change({ protocol: 'https', visibility: 'public' })).toMatchObject({
      protocol: 'https',
      visibility: 'public',
      notice: null,
    });
  });

  test('is unlike one of the organization, which stays so, and one that becomes http', async () => {
    await share('organization');
    expect(await change({ protocol: 'https' })).toMatchObject({ visibility: 'organization', notice: null });
    await share('public');
    expect(await change({ protocol: 'http' })).toMatchObject({ visibility: 'public', notice: null });
  });
});

describe('a notice', () => {
  beforeEach(async () => {
    await share('public');
    await change({ protocol: 'https' });
  });

  test('is listed for the owner of the workspace alone', async () => {
    expect(await world.notices(olga)).toEqual([
      {
        workspace: { id: world.api.id, name: 'api' },
        port: 3000,
        label: null,
        revision: (await world.row(3000)).revision,
        notice: { from: 'public', reason: 'https', at: '2026-11-21T08:00:00.000Z' },
      },
    ]);
    expect(await world.notices(ada)).toEqual([]);
    expect(await world.notices(world.bob.client)).toEqual([]);
  });

  test('goes when the port is shared as it was', async () => {
    const { 3000: port } = await world.ports();
    const visibility = port?.notice?.from;
    expect(await change({ visibility })).toMatchObject({ visibility: 'public', notice: null });
    expect(await world.notices(olga)).toEqual([]);
  });

  test('goes when it is dismissed, which may be done twice', async () => {
    await body(await olga.delete(`${at(3000)}/notice`), 204);
    expect(await world.notices(olga)).toEqual([]);
    expect(await world.ports()).toMatchObject({ 3000: { visibility: 'private', notice: null } });
    const topics = await world.published(async () => body(await olga.delete(`${at(3000)}/notice`), 204));
    expect(topics).toEqual([]);
  });

  test('goes when the port is stopped, and doesn’t come back with it', async () => {
    await body(await olga.delete(at(3000)), 204);
    expect(await world.notices(olga)).toEqual([]);
    expect(await forwardPort(olga, team, 'api', 3000)).toMatchObject({ notice: null });
  });

  test('is listed in its own team alone', async () => {
    const other = await world.addTeam('Other');
    const membership = { team_id: other.id, user_id: world.olga.id, role: 'admin', joined_at: '' } as const;
    await world.db.insertInto('member').values(membership).execute();
    expect(await body(await olga.get(`${other.path}/port-notices`), 200)).toEqual({ items: [] });
  });

  test('stays when the port is named', async () => {
    expect(await change({ label: 'Web' })).toMatchObject({ notice: { reason: 'https' } });
  });

  test('keeps a port in the list that began by itself and listens no more', async () => {
    const agent = await world.join();
    await agent.ports(4000);
    await share('public', 4000);
    await change({ protocol: 'https' }, 4000);
    await agent.ports();
    expect(await world.ports()).toMatchObject({ 4000: { status: 'not-listening' } });
  });
});

test('whatever is done to a port has its panel and the shared list read again', async () => {
  const topics = ['activity', 'ports', `ports:${world.api.id}`];
  expect(await world.published(() => forwardPort(olga, team, 'api', 4000))).toEqual(topics);
  expect(await world.published(() => share('public', 4000))).toEqual(topics);
  expect(await world.published(() => change({ label: 'Web' }, 4000))).toEqual(topics);
  expect(await world.published(() => olga.delete(at(4000)))).toEqual(topics);
});
