import { beforeEach, describe, expect, test } from 'vitest';
import { answerOf } from './testing/portWorld.ts';
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

const refused = '403 wrong_origin';

describe('the viewer’s cookie is used by nobody else’s pages', () => {
  const origins: Record<string, () => string> = {
    'a port of another workspace': () => here.stranger.origin,
    'another site': () => 'https://evil.example',
    'the dashboard': () => 'http://localhost:8080',
    'a sandboxed page': () => 'null',
    'a port that isn’t forwarded': () => 'http://aaaaaaaaaa.localhost:8080',
    'the same host on another port': () => here.port.origin.replace('8080', '9000'),
    'the same host by another scheme': () => here.port.origin.replace('http:', 'https:'),
    'a host that begins alike': () => `${here.port.origin}.evil.example`,
    'a deeper host': () => here.port.origin.replace('//', '//a.'),
  };
  const asks = (['fetch', 'upgrade', 'POST'] as const).flatMap((kind) =>
    Object.keys(origins).map((who) => [kind, who] as const),
  );

  test.each(asks)('not for a %s from %s', async (kind, who) => {
    const origin = origins[who]?.() ?? '';
    expect(await here.outcome({ kind, headers: { origin, ...site('cross-site') } })).toBe(refused);
    expect(await here.outcome({ kind, headers: { origin, ...site('same-site') } })).toBe(refused);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'not for %s without an origin',
    async (method) => {
      const nothing = { origin: '-', ...site('-', '-', '-') };
      expect(await here.outcome({ kind: 'POST', method, headers: nothing })).toBe(refused);
      expect(
        await here.outcome({ kind: 'POST', method, headers: { ...nothing, origin: here.port.origin } }),
      ).toBe('passes');
    },
  );

  test('not for reading by a page without an origin in a browser that says nothing of itself', async () => {
    const headers = { origin: 'null', ...site('-', '-', '-') };
    expect(await here.outcome({ kind: 'fetch', headers })).toBe(refused);
  });

  test('not for a WebSocket without an origin', async () => {
    expect(await here.outcome({ kind: 'upgrade', headers: { origin: '-' } })).toBe(refused);
  });

  test.each([
    ['an image', 'image', 'no-cors'],
    ['a script', 'script', 'no-cors'],
    ['a frame', 'iframe', 'navigate'],
    ['an object', 'object', 'navigate'],
  ])('not for %s in a page of a neighbour or another site', async (_what, dest, mode) => {
    for (const from of ['same-site', 'cross-site']) {
      expect(await here.outcome({ headers: site(from, dest, mode) }), from).toBe(refused);
    }
    expect(await here.outcome({ headers: site('same-origin', dest, mode) })).toBe('passes');
  });

  test('a form that posts from elsewhere is refused, a link that leads here is not', async () => {
    const form = { ...site('same-site', 'document', 'navigate'), origin: here.stranger.origin };
    expect(await here.outcome({ kind: 'POST', headers: form })).toBe(refused);
    for (const from of ['same-site', 'cross-site', 'none']) {
      expect(await here.outcome({ headers: site(from, 'document', 'navigate') }), from).toBe('passes');
    }
  });

  test('what is refused can’t be read by who asked', async () => {
    const verdict = await here.world.admit(here.port, {
      kind: 'fetch',
      headers: { cookie: here.cookie, origin: here.stranger.origin },
    });
    const { headers } = answerOf(verdict);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('the viewer’s cookie is used by', () => {
  test.each(['fetch', 'upgrade', 'POST', 'HEAD'] as const)(
    'a %s of another port of the workspace',
    async (kind) => {
      const headers = { origin: here.sibling.origin, ...site('same-site') };
      expect(await here.outcome({ kind, headers })).toBe('passes');
    },
  );

  test('not of one that is stopped', async () => {
    await here.world.db.updateTable('port').set({ forwarded: 0 }).where('id', '=', here.sibling.id).execute();
    expect(await here.outcome({ kind: 'fetch', headers: { origin: here.sibling.origin } })).toBe(refused);
  });

  test('the port’s own form where its pages name no referrer, and so no origin', async () => {
    const headers = { origin: 'null', ...site('same-origin', 'document', 'navigate') };
    expect(await here.outcome({ kind: 'POST', headers })).toBe('passes');
  });

  test('a browser that says nothing of itself, for reading', async () => {
    const nothing = site('-', '-', '-');
    expect(await here.outcome({ headers: nothing })).toBe('passes');
    expect(await here.outcome({ kind: 'HEAD', headers: nothing })).toBe('passes');
  });
});

test('an API token and a public port need no origin', async () => {
  const token = { 'culvert-token': await here.world.giveApiToken(here.world.owner.id), cookie: '-' };
  const foreign = { origin: 'https://evil.example', ...site('cross-site') };
  for (const kind of ['fetch', 'upgrade', 'POST'] as const) {
    expect(await here.outcome({ kind, headers: { ...token, ...foreign } })).toBe('passes');
    expect(await here.outcome({ kind, headers: { cookie: '-', ...foreign } }, here.stranger)).toBe('passes');
  }
});
