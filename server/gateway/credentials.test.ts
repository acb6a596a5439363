import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createNeighbours, type Neighbours } from './testing/neighbours.ts';

let here: Neighbours;
beforeEach(async () => {
  here = await createNeighbours();
});

const site = (value: string, dest = 'empty', mode = 'cors') => ({
  'sec-fetch-site': value,
  'sec-fetch-dest': dest,
  'sec-fetch-mode': mode,
});

describe('a token in the header', () => {
  test.each(['culv_api_nothing', '', 'Bearer x', 'x'.repeat(100_000), 'a, b'])(
    'that is none is refused even where the cookie or nothing would do: %#',
    async (token) => {
      const headers = { 'culvert-token': token };
      expect(await here.outcome({ headers: { ...headers, ...site('none', 'document', 'navigate') } })).toBe(
        '401 token_invalid',
      );
      expect(await here.outcome({ kind: 'fetch', headers }, here.stranger)).toBe('401 token_invalid');
    },
  );

  test('wins over the cookie', async () => {
    const headers = { 'culvert-token': await here.world.giveApiToken(here.world.member.id) };
    expect(await here.outcome({ kind: 'fetch', headers })).toBe('404 no_such_port');
  });

  test.each(['session', 'port', 'join'] as const)('of the kind %s is none', async (kind) => {
    const text = kind === 'port' ? (here.cookie.split('=')[1] ?? '') : `culv_${kind}_x`;
    expect(await here.outcome({ kind: 'fetch', headers: { 'culvert-token': text } })).toBe(
      '401 token_invalid',
    );
  });

  test('lends only the rights that its owner has in its own team', async () => {
    await here.world.db
      .insertInto('member')
      .values({
        team_id: here.world.otherTeam.id,
        user_id: here.world.owner.id,
        role: 'admin',
        joined_at: '2026',
      })
      .execute();
    const elsewhere = await here.world.giveApiToken(here.world.owner.id, here.world.otherTeam.id);
    expect(await here.outcome({ kind: 'fetch', headers: { 'culvert-token': elsewhere } })).toBe(
      '404 no_such_port',
    );
  });

  test('is noted as used, and Authorization is the app’s', async () => {
    const token = await here.world.giveApiToken(here.world.owner.id);
    const authorization = { authorization: `Bearer ${token}`, cookie: '-' };
    expect(await here.outcome({ kind: 'fetch', headers: authorization })).toBe('401 not_signed_in');
    const used = async () =>
      (
        await here.world.db
          .selectFrom('token')
          .select('last_used_at')
          .where('kind', '=', 'api')
          .executeTakeFirstOrThrow()
      ).last_used_at;
    expect(await used()).toBeNull();
    await here.outcome({ kind: 'fetch', headers: { 'culvert-token': token } });
    expect(await used()).toBe(new Date(here.world.clock.now()).toISOString());
  });
});

describe('a cookie', () => {
  const name = '__Host-Http-culvert-test-port';

  test.each([
    [
      'of another port beside the right one',
      async () => `${await here.world.giveCookie(here.stranger, here.world.stranger.id)}; ${here.cookie}`,
    ],
    ['that is rubbish beside the right one', async () => `${name}=x; ${name}=; ${here.cookie}`],
  ])('%s, set by a neighbour, locks nobody out', async (_what, header) => {
    expect(await here.outcome({ kind: 'fetch', headers: { cookie: await header() } })).toBe('passes');
  });

  test.each([
    ['of another port', async () => await here.world.giveCookie(here.sibling, here.world.owner.id)],
    [
      'that holds the dashboard’s session',
      async () =>
        `${name}=${(await here.world.signIn(here.world.owner.id)).headers['cookie']?.split('=')[1]}`,
    ],
    ['that holds an API token', async () => `${name}=${await here.world.giveApiToken(here.world.owner.id)}`],
    [
      'of the dashboard itself',
      async () => (await here.world.signIn(here.world.owner.id)).headers['cookie'] ?? '',
    ],
    ['of another installation', () => Promise.resolve(here.cookie.replace('-test-', '-other-'))],
    ['in other letters', () => Promise.resolve(here.cookie.replace('__Host', '__host'))],
    ['of 100 kB', () => Promise.resolve(`${name}=${'x'.repeat(100_000)}`)],
    ['with SQL in it', () => Promise.resolve(`${name}=' or 1=1 --`)],
    [
      'that is its hash',
      async () =>
        `${name}=${(await here.world.db.selectFrom('token').select('hash').where('kind', '=', 'port').executeTakeFirstOrThrow()).hash}`,
    ],
  ])('%s lets nobody in', async (_what, header) => {
    expect(await here.outcome({ kind: 'fetch', headers: { cookie: await header() } })).toBe(
      '401 not_signed_in',
    );
  });

  test('of a port opens nothing in the dashboard', async () => {
    const session = here.world.withSession(here.cookie.split('=')[1] ?? '');
    expect(await (await session.get('/api/v1/session')).json()).toMatchObject({ user: null });
  });

  test('a thousand times costs a look at four of them', async () => {
    const asked = vi.spyOn(crypto.subtle, 'digest');
    await here.outcome({
      kind: 'fetch',
      headers: { cookie: Array.from({ length: 1000 }, () => `${name}=x`).join('; ') },
    });
    expect(asked).toHaveBeenCalledTimes(4);
    asked.mockRestore();
  });
});
