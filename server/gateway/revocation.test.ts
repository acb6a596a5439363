import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPortWorld, visitOf, type PortWorld, type TestPort } from './testing/portWorld.ts';

const HOUR_MS = 3_600_000;

let world: PortWorld;
beforeEach(async () => {
  world = await createPortWorld();
});

/** Lets half a second pass, and what is asked of the database in it come to an end. */
async function halfASecond(): Promise<void> {
  world.clock.advance(500);
  // SQLite answers all queries of one look within microtasks and one turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
}

async function within(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) await halfASecond();
}

const watchAs = async (
  port: TestPort,
  headers: Record<string, string>,
  kind: 'fetch' | 'upgrade' = 'fetch',
) => {
  const visit = visitOf(await world.admit(port, { kind, headers }));
  const end = vi.fn<() => void>();
  return { end, stop: visit.watch(end) };
};

const set = (port: TestPort, values: object) =>
  world.db.updateTable('port').set(values).where('id', '=', port.id).execute();

const byCookie = async (port: TestPort, userId: string) => ({ cookie: await world.giveCookie(port, userId) });

type Ends = {
  visibility: 'private' | 'organization' | 'public';
  who: 'owner' | 'member' | 'nobody' | 'script';
};
const shown = async (port: TestPort, who: Ends['who']): Promise<Record<string, string>> => {
  if (who === 'nobody') return {};
  if (who === 'script') return { 'culvert-token': await world.giveApiToken(world.owner.id) };
  return await byCookie(port, world[who].id);
};

const pathOf = (port: TestPort) => `${world.team.path}/workspaces/${world.workspace.id}/ports/${port.number}`;

/** What the owner does in the workspace’s panel, and admins in the team’s settings. */
const change = (port: TestPort, body: object) =>
  world.owner.client.patch(pathOf(port), body, { ifMatch: '"1"' });
const tighten = (visibility: string) => (port: TestPort) => change(port, { visibility });
const stop = (port: TestPort) => world.owner.client.delete(pathOf(port));
const forbid = (portPolicy: object) =>
  world.admin.client.patch(world.team.path, { portPolicy }, { ifMatch: '"1"' });

const endings: [string, Ends, (port: TestPort) => Promise<unknown>][] = [
  ['a public port becomes private', { visibility: 'public', who: 'nobody' }, tighten('private')],
  [
    'a public port becomes the organization’s',
    { visibility: 'public', who: 'nobody' },
    tighten('organization'),
  ],
  [
    'a port of the organization becomes private',
    { visibility: 'organization', who: 'member' },
    tighten('private'),
  ],
  [
    'a public port becomes https, and so private',
    { visibility: 'public', who: 'nobody' },
    (port) => change(port, { protocol: 'https' }),
  ],
  ['the port is stopped', { visibility: 'private', who: 'owner' }, stop],
  ['a public port is stopped', { visibility: 'public', who: 'nobody' }, stop],
  [
    'the workspace restarts',
    { visibility: 'private', who: 'owner' },
    (port) => set(port, { access_epoch: 2 }),
  ],
  [
    'the workspace is deleted',
    { visibility: 'public', who: 'nobody' },
    async () =>
      await world.owner.client.delete(`${world.team.path}/workspaces/${world.workspace.id}`, {
        ifMatch: '"1"',
      }),
  ],
  [
    'the team forbids public ports',
    { visibility: 'public', who: 'nobody' },
    () => forbid({ organization: true, public: false }),
  ],
  [
    'the team forbids ports of the organization',
    { visibility: 'organization', who: 'member' },
    () => forbid({ organization: false, public: true }),
  ],
  [
    'the member is removed from the team',
    { visibility: 'organization', who: 'member' },
    () => world.admin.client.delete(`${world.team.path}/members/${world.member.id}`),
  ],
  [
    'the workspace is handed over',
    { visibility: 'private', who: 'owner' },
    () =>
      world.admin.client.patch(
        `${world.team.path}/workspaces/${world.workspace.id}`,
        { ownerId: world.member.id },
        { ifMatch: '"1"' },
      ),
  ],
  [
    'the viewer signs out everywhere',
    { visibility: 'organization', who: 'member' },
    () => world.member.client.delete('/api/v1/sessions'),
  ],
  [
    'the API token is revoked',
    { visibility: 'private', who: 'script' },
    () => world.db.updateTable('token').set({ revoked_at: '2026' }).where('kind', '=', 'api').execute(),
  ],
];

describe('a visit ends within a second, once, when', () => {
  test.each(endings)('%s', async (_what, { visibility, who }, happen) => {
    const port = await world.addPort({ visibility });
    const headers = await shown(port, who);
    const watched = [
      await watchAs(port, headers, 'fetch'),
      await watchAs(port, { ...headers, origin: port.origin }, 'upgrade'),
    ];
    await within(3000);
    for (const { end } of watched) expect(end).not.toHaveBeenCalled();
    await happen(port);
    await within(1000);
    for (const { end } of watched) expect(end).toHaveBeenCalledTimes(1);
    await within(2000);
    for (const { end } of watched) expect(end).toHaveBeenCalledTimes(1);
  });

  test('the viewer signs out of the browser in which they were let in, and of no other', async () => {
    const port = await world.addPort();
    const here = await watchAs(port, await byCookie(port, world.owner.id));
    const first = await world.db
      .selectFrom('token')
      .select('session_id')
      .where('kind', '=', 'port')
      .executeTakeFirstOrThrow();
    const there = await watchAs(port, await byCookie(port, world.owner.id));
    const { status } = await world.owner.client.delete(`/api/v1/sessions/${first.session_id}`);
    expect(status).toBe(204);
    await within(1000);
    expect(here.end).toHaveBeenCalledTimes(1);
    expect(there.end).not.toHaveBeenCalled();
  });

  test('a member is removed from the team, and stays signed in for another', async () => {
    await world.db
      .insertInto('member')
      .values({ team_id: world.otherTeam.id, user_id: world.member.id, role: 'member', joined_at: '2026' })
      .execute();
    const port = await world.addPort({ visibility: 'organization' });
    const { end } = await watchAs(port, await byCookie(port, world.member.id));
    await world.admin.client.delete(`${world.team.path}/members/${world.member.id}`);
    expect(await (await world.member.client.get('/api/v1/session')).json()).toMatchObject({
      teams: [{ id: world.otherTeam.id }],
    });
    await within(1000);
    expect(end).toHaveBeenCalledTimes(1);
  });

  test('its cookie’s three hours are over', async () => {
    const port = await world.addPort();
    const cookie = await watchAs(port, await byCookie(port, world.owner.id));
    world.clock.advance(3 * HOUR_MS - 1000);
    await within(500);
    expect(cookie.end).not.toHaveBeenCalled();
    await within(1000);
    expect(cookie.end).toHaveBeenCalledTimes(1);
  });
});

describe('a visit goes on', () => {
  test('for an owner whose cookie expires while the port is public', async () => {
    const port = await world.addPort({ visibility: 'public' });
    const { end } = await watchAs(port, await byCookie(port, world.owner.id));
    world.clock.advance(3 * HOUR_MS);
    await within(1000);
    expect(end).not.toHaveBeenCalled();
  });

  test('for those who may still come when others may not', async () => {
    const port = await world.addPort({ visibility: 'organization' });
    const other = await world.addPort({ visibility: 'public', number: 4000 });
    const script = await watchAs(port, await shown(port, 'script'));
    const member = await watchAs(port, await shown(port, 'member'));
    const stranger = await watchAs(other, {});
    await set(port, { visibility: 'private', access_epoch: 2 });
    await within(1000);
    expect(member.end).toHaveBeenCalledTimes(1);
    expect(script.end).not.toHaveBeenCalled();
    expect(stranger.end).not.toHaveBeenCalled();
  });

  test('while the database can’t answer, and ends once it says no', async () => {
    const port = await world.addPort();
    const { end } = await watchAs(port, await byCookie(port, world.owner.id));
    await world.db.schema.alterTable('port').renameTo('port_away').execute();
    await within(1000);
    expect(end).not.toHaveBeenCalled();
    expect(world.logLines.at(-1)?.message).toBe('could not look whether viewers may still reach their ports');
    await world.db.schema.alterTable('port_away').renameTo('port').execute();
    await set(port, { forwarded: 0 });
    await within(1000);
    expect(end).toHaveBeenCalledTimes(1);
  });
});

test('nobody is asked about once they have gone, and nothing waits when nobody is left', async () => {
  const port = await world.addPort({ visibility: 'public' });
  const first = await watchAs(port, {});
  const second = await watchAs(port, {});
  expect(world.clock.pending.filter((ms) => ms <= 500)).toHaveLength(1);
  first.stop();
  second.stop();
  expect(world.clock.pending.filter((ms) => ms <= 500)).toHaveLength(0);
  await set(port, { forwarded: 0 });
  await within(1000);
  expect(first.end).not.toHaveBeenCalled();
});

test('two thousand visits of one port are asked about in ten queries', async () => {
  const port = await world.addPort({ visibility: 'public' });
  const visit = visitOf(await world.admit(port, { kind: 'fetch' }));
  const end = vi.fn<() => void>();
  for (let n = 0; n < 2000; n += 1) visit.watch(end);
  const asked = vi.spyOn(world.db.getExecutor(), 'executeQuery');
  await set(port, { forwarded: 0 });
  await within(1000);
  expect(end).toHaveBeenCalledTimes(2000);
  expect(asked.mock.calls.length).toBeLessThanOrEqual(10);
});
