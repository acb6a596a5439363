import { describe, expect, test } from 'vitest';
import { createTestApp } from '../testing.ts';
import { newId } from '../ids.ts';
import { issueToken } from '../session/tokens.ts';

async function world() {
  const host = await createTestApp();
  const team = await host.addTeam('Acme');
  const ada = await host.member('Ada', team.id, 'admin');
  const bob = await host.member('Bob', team.id, 'admin');
  const admins = async () => {
    const rows = await host.db
      .selectFrom('member')
      .select(['user_id', 'role'])
      .where('team_id', '=', team.id)
      .execute();
    return rows.filter(({ role }) => role === 'admin').map(({ user_id }) => user_id);
  };
  const path = (person: { id: string }) => `${team.path}/members/${person.id}`;
  return { ...host, team, ada, bob, admins, path };
}

describe('the last admin', () => {
  test('can’t step down or leave, and is told why', async () => {
    const { ada, bob, path, admins } = await world();
    expect((await ada.client.patch(path(bob), { role: 'member' })).status).toBe(200);
    const answer = await ada.client.patch(path(ada), { role: 'member' });
    expect(await answer.json()).toMatchObject({
      status: 409,
      code: 'last_admin',
      title:
        'Ada is the only admin of the team and can’t be made a member. Make somebody else an admin first.',
    });
    expect((await ada.client.delete(path(ada))).status).toBe(409);
    expect(await admins()).toEqual([ada.id]);
  });

  test.each([
    [
      'demote',
      (w: Awaited<ReturnType<typeof world>>) => [
        w.ada.client.patch(w.path(w.bob), { role: 'member' }),
        w.bob.client.patch(w.path(w.ada), { role: 'member' }),
      ],
    ],
    [
      'remove',
      (w: Awaited<ReturnType<typeof world>>) => [
        w.ada.client.delete(w.path(w.bob)),
        w.bob.client.delete(w.path(w.ada)),
      ],
    ],
    [
      'leave',
      (w: Awaited<ReturnType<typeof world>>) => [
        w.ada.client.delete(w.path(w.ada)),
        w.bob.client.delete(w.path(w.bob)),
      ],
    ],
  ] as const)('remains when two admins %s at once', async (_what, act) => {
    const w = await world();
    const answers = await Promise.all(act(w));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await w.admins()).toHaveLength(1);
  });
});

describe('a change of role', () => {
  test('ends the member’s sessions, and counts at once for their API tokens', async () => {
    const { ada, bob, path, team, withApiToken } = await world();
    const { token } = await (await bob.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
    await ada.client.patch(path(bob), { role: 'member' });
    expect((await bob.client.get(team.path)).status).toBe(401);
    expect((await withApiToken(token).get(`${team.path}/invitations`)).status).toBe(403);
    expect((await withApiToken(token).get(team.path)).status).toBe(200);
  });

  test('of one’s own gives this browser a new session', async () => {
    const { ada, path, withSession } = await world();
    const answer = await ada.client.patch(path(ada), { role: 'member' });
    expect(await answer.json()).toMatchObject({ role: 'member' });
    const token = /=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    expect((await ada.client.get('/api/v1/sessions')).status).toBe(401);
    expect((await withSession(token).get('/api/v1/sessions')).status).toBe(200);
  });

  test('to the same role changes nothing', async () => {
    const { ada, bob, path, db } = await world();
    expect((await ada.client.patch(path(bob), { role: 'admin' })).status).toBe(200);
    expect((await bob.client.get('/api/v1/sessions')).status).toBe(200);
    expect(await db.selectFrom('activity').select('id').execute()).toEqual([]);
  });
});

describe('a removed member', () => {
  async function owning() {
    const w = await world();
    const { db, clock, team, bob } = w;
    const workspaceId = newId('ws');
    const created_at = new Date(clock.now()).toISOString();
    await db
      .insertInto('workspace')
      .values({ id: workspaceId, team_id: team.id, name: 'shop', owner_id: bob.id, created_at })
      .execute();
    const join = { kind: 'join', teamId: team.id, workspaceId, name: 'Join', lifetimeMs: null } as const;
    const joinToken = await issueToken(db, clock, join);
    const { token } = await (await bob.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
    const { url } = await (await bob.client.post(`${team.path}/invitations`, { role: 'admin' })).json();
    return { ...w, workspaceId, joinToken, apiToken: String(token), invitation: new URL(url).hash.slice(1) };
  }

  test('is out at once, with sessions, API tokens and the links they made', async () => {
    const { ada, bob, path, team, withApiToken, apiToken, invitation, anonymous } = await owning();
    expect((await ada.client.delete(path(bob))).status).toBe(204);
    expect((await bob.client.get(team.path)).status).toBe(401);
    expect((await withApiToken(apiToken).get(team.path)).status).toBe(401);
    expect((await anonymous.post('/api/v1/invitations/lookup', { token: invitation })).status).toBe(404);
  });

  test('leaves their workspaces to who removed them; their join commands admit nobody more', async () => {
    const { ada, bob, path, db, workspaceId, joinToken, clock } = await owning();
    await ada.client.delete(path(bob));
    const workspace = await db
      .selectFrom('workspace')
      .select(['owner_id', 'revision'])
      .where('id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    expect(workspace).toEqual({ owner_id: ada.id, revision: 2 });
    const token = await db
      .selectFrom('token')
      .select(['expires_at', 'revoked_at'])
      .where('id', '=', joinToken.id)
      .executeTakeFirstOrThrow();
    expect(token).toEqual({ expires_at: new Date(clock.now()).toISOString(), revoked_at: null });
  });

  test('rotating such a join token makes a command that admits replicas again', async () => {
    const { ada, bob, path, team, joinToken } = await owning();
    await ada.client.delete(path(bob));
    const rotated = await ada.client.post(`${team.path}/join-tokens/${joinToken.id}/rotate`, undefined);
    expect(await rotated.json()).toMatchObject({ joinToken: { expiresAt: null } });
  });

  test('who leaves by themselves leaves their workspaces to the longest-serving admin', async () => {
    const { bob, ada, path, db, workspaceId, clock, member, team } = await owning();
    clock.advance(1000);
    await member('Carl', team.id, 'admin');
    expect((await bob.client.delete(path(bob))).status).toBe(204);
    const { owner_id } = await db
      .selectFrom('workspace')
      .select('owner_id')
      .where('id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    expect(owner_id).toBe(ada.id);
  });
});

test('the activity tells who did what to whom, newest first, and is searched and narrowed', async () => {
  const { ada, bob, path, team, clock, withApiToken } = await world();
  const { token } = await (await ada.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
  clock.advance(1000);
  await withApiToken(token).patch(path(bob), { role: 'member' });
  const list = async (query = '') =>
    (await (await ada.client.get(`${team.path}/activity${query}`)).json()).items;
  expect(await list()).toMatchObject([
    {
      action: 'member.role-changed',
      actor: { kind: 'api-token', name: 'Ada with token CI' },
      subject: { kind: 'member', id: bob.id, name: 'Bob' },
      summary: 'Made Bob a member.',
    },
    { action: 'api-token.created', actor: { kind: 'user', id: ada.id, name: 'Ada' } },
  ]);
  expect(await list(`?subject=${bob.id}`)).toHaveLength(1);
  expect(await list('?search=api%20token')).toHaveLength(1);
  expect(JSON.stringify(await list())).not.toContain(token);
});
