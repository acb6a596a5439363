import { beforeEach, describe, expect, test, vi } from 'vitest';
import { answerOf, type TestPort } from './testing/portWorld.ts';
import { kinds, requestOf, type Kind } from './testing/requests.ts';
import { createNeighbours, type Neighbours } from './testing/neighbours.ts';

let here: Neighbours;
beforeEach(async () => {
  here = await createNeighbours();
});

describe('who tries labels', () => {
  const stopped = async () => await here.world.addPort({ number: 5000, forwarded: 0, visibility: 'public' });
  const missing = { id: '', label: 'aaaaaaaaaa', origin: 'http://aaaaaaaaaa.localhost:8080', number: 1 };

  /** Everything of an answer but its randomness and the label asked for. */
  async function seen(at: TestPort, kind: Kind, headers: Record<string, string>) {
    const response = answerOf(await here.world.admit(at, { kind, headers }));
    const text = `${JSON.stringify([...response.headers])} ${await response.text()}`;
    return `${response.status} ${text
      .replaceAll(at.label, '<label>')
      .replaceAll(/[\w-]{43}\.[\w-]+|((flow|challenge)=|flow-)[\w-]+|"requestId":"[^"]+"/g, '<random>')}`;
  }

  test.each(kinds)('sees no difference between missing, stopped and private by %s', async (kind) => {
    const bad = await here.world.giveCookie(here.sibling, here.world.member.id);
    const token = await here.world.giveApiToken(here.world.stranger.id, here.world.otherTeam.id);
    for (const headers of [{}, { cookie: bad }, { 'culvert-token': token }, { 'culvert-token': 'x' }]) {
      const answers = await Promise.all(
        [missing, await stopped(), here.port].map((at) => seen(at, kind, headers)),
      );
      expect(new Set(answers).size, JSON.stringify(headers)).toBe(1);
      await here.world.db.deleteFrom('port').where('number', '=', 5000).execute();
    }
  });

  test('has the database do the same work', async () => {
    const work = async (at: TestPort, headers: Record<string, string>) => {
      const asked = vi.spyOn(here.world.db.getExecutor(), 'executeQuery');
      await here.world.admit(at, { kind: 'fetch', headers });
      const queries = asked.mock.calls.map(([query]) => query.sql);
      asked.mockRestore();
      return queries;
    };
    const bad = await here.world.giveCookie(here.sibling, here.world.member.id);
    const token = await here.world.giveApiToken(here.world.stranger.id, here.world.otherTeam.id);
    await here.world.admit(here.port, { headers: { 'culvert-token': token } });
    for (const headers of [{}, { cookie: bad }, { 'culvert-token': token }]) {
      const queries = await work(here.port, headers);
      expect(queries.length).toBeGreaterThan(0);
      expect(await work(missing, headers)).toEqual(queries);
    }
  });

  test('learns nothing from a host that can’t be one', async () => {
    const { gateway } = here.world;
    const response = await gateway.refuseHost(requestOf('a.b', { kind: 'navigation' }));
    expect(response.status).toBe(404);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

test.each(['', 'x', 'http://localhost:8080/api', '*', '\\'])(
  'a target that is no path is refused: %j',
  async (target) => {
    expect(await here.outcome({ kind: 'fetch', target })).toBe('400 invalid_request');
  },
);
