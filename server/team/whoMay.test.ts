import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type TestClient } from '../testing.ts';
import { issueToken } from '../session/tokens.ts';

/** Who asks, in the columns of the table. */
const viewers = [
  'anonymous',
  'admin',
  'member',
  'other team’s admin',
  'admin’s API token',
  'member’s API token',
  'expired session',
  'revoked session',
  'revoked API token',
] as const;
type Viewer = (typeof viewers)[number];

/**
 * Route × viewer → status. `{admin}`, `{member}`, `{invitation}`, `{memberToken}` and `{adminToken}` stand for what is in
 * the team. Each case runs on a world of its own, so that what one does can’t help the next.
 */
const cases: [string, unknown, number[]][] = [
  //                                            anon admin memb other aTok mTok exp  rev  rTok
  ['GET /', undefined, [401, 200, 200, 404, 200, 200, 401, 401, 401]],
  ['PATCH /', { name: 'New' }, [401, 200, 403, 404, 200, 403, 401, 401, 401]],
  ['GET /members', undefined, [401, 200, 200, 404, 200, 200, 401, 401, 401]],
  ['PATCH /members/{member}', { role: 'admin' }, [401, 200, 403, 404, 200, 403, 401, 401, 401]],
  ['PATCH /members/{admin}', { role: 'member' }, [401, 409, 403, 404, 409, 403, 401, 401, 401]],
  ['DELETE /members/{member}', undefined, [401, 204, 204, 404, 204, 204, 401, 401, 401]],
  ['DELETE /members/{third}', undefined, [401, 204, 403, 404, 204, 403, 401, 401, 401]],
  ['DELETE /members/{admin}', undefined, [401, 409, 403, 404, 409, 403, 401, 401, 401]],
  ['DELETE /members/{stranger}', undefined, [401, 404, 403, 404, 404, 403, 401, 401, 401]],
  ['POST /members/{member}/reset-link', undefined, [401, 201, 403, 404, 403, 403, 401, 401, 401]],
  ['POST /members/{stranger}/reset-link', undefined, [401, 404, 403, 404, 403, 403, 401, 401, 401]],
  ['GET /invitations', undefined, [401, 200, 403, 404, 200, 403, 401, 401, 401]],
  ['POST /invitations', { role: 'admin' }, [401, 201, 403, 404, 403, 403, 401, 401, 401]],
  ['DELETE /invitations/{invitation}', undefined, [401, 204, 403, 404, 204, 403, 401, 401, 401]],
  ['DELETE /invitations/tok_none', undefined, [401, 404, 403, 404, 404, 403, 401, 401, 401]],
  ['GET /api-tokens', undefined, [401, 200, 200, 404, 200, 200, 401, 401, 401]],
  ['POST /api-tokens', { name: 'CI' }, [401, 201, 201, 404, 403, 403, 401, 401, 401]],
  ['DELETE /api-tokens/{memberToken}', undefined, [401, 204, 204, 404, 204, 204, 401, 401, 401]],
  ['DELETE /api-tokens/{adminToken}', undefined, [401, 204, 404, 404, 204, 404, 401, 401, 401]],
  ['GET /activity', undefined, [401, 200, 200, 404, 200, 200, 401, 401, 401]],
  ['GET /events', undefined, [401, 200, 200, 404, 200, 200, 401, 401, 401]],
];

async function createWorld() {
  const host = await createTestApp();
  const { addTeam, addUser, member, signIn, deps, clock, db, anonymous, withApiToken } = host;
  const team = await addTeam('Acme');
  const other = await addTeam('Other');

  const late = await addUser('Late', [{ id: team.id, role: 'admin' }]);
  const expired = await signIn(late.id);
  clock.advance(deps.settings.sessionIdleMs);
  const revoked = await signIn(late.id);
  await revoked.delete('/api/v1/session');
  // Gone from the team, so that Ada is its only admin.
  await db.deleteFrom('member').where('user_id', '=', late.id).execute();

  const ada = await member('Ada', team.id, 'admin');
  const bob = await member('Bob', team.id);
  const carl = await addUser('Carl', [{ id: team.id, role: 'member' }]);
  const eve = await member('Eve', other.id, 'admin');
  const tokenOf = (userId: string) =>
    issueToken(db, clock, { kind: 'api', userId, teamId: team.id, name: 'CI', lifetimeMs: 86_400_000 });
  const adminToken = await tokenOf(ada.id);
  const memberToken = await tokenOf(bob.id);
  const dead = await tokenOf(ada.id);
  await ada.client.delete(`${team.path}/api-tokens/${dead.id}`);
  const invited = await ada.client.post(`${team.path}/invitations`, { role: 'member' });
  const { invitation } = await invited.json();

  const clients: Record<Viewer, TestClient> = {
    anonymous,
    admin: ada.client,
    member: bob.client,
    'other team’s admin': eve.client,
    'admin’s API token': withApiToken(adminToken.text),
    'member’s API token': withApiToken(memberToken.text),
    'expired session': expired,
    'revoked session': revoked,
    'revoked API token': withApiToken(dead.text),
  };
  const ids: Record<string, string> = {
    admin: ada.id,
    member: bob.id,
    third: carl.id,
    stranger: eve.id,
    invitation: invitation.id,
    adminToken: adminToken.id,
    memberToken: memberToken.id,
  };
  const send = async (viewer: Viewer, route: string, body: unknown) => {
    const [method = '', path = ''] = route.split(' ');
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? name);
    const response = await clients[viewer].send(method, `${team.path}${filled === '/' ? '' : filled}`, body, {
      ifMatch: '*',
    });
    return response;
  };
  return { ...host, team, send, ids };
}

describe.each(cases)('%s', (route, body, expected) => {
  test.each(viewers.map((viewer, at) => [viewer, expected[at] ?? 0] as const))(
    'as %s: %i',
    async (viewer, status) => {
      const { send } = await createWorld();
      const response = await send(viewer, route, body);
      expect(response.status).toBe(status);
      if (status >= 400) {
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect(await response.json()).toMatchObject({ status, title: expect.stringMatching(/[.!]$/) });
      } else await response.body?.cancel();
    },
  );
});

describe('a team that is somebody else’s', () => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.db.destroy());

  test('can’t be told from one that doesn’t exist', async () => {
    const eve = await world.signIn(world.ids['stranger'] ?? '');
    const theirs = await eve.get(world.team.path);
    const none = await eve.get('/api/v1/teams/team_aaaaaaaaaaaaaaaaaaaa');
    const body = async (response: Response) => ({ ...(await response.json()), requestId: '' });
    expect(await body(theirs)).toEqual(await body(none));
  });
});
