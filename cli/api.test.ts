import { expect, test } from 'vitest';
import { apiPath, createApi } from './api.ts';
import { CliError } from './cliError.ts';
import { serverOrigin } from './serverOrigin.ts';

const SERVER = 'https://culvert.example';

/** An API of which each request gets this answer; `asked` fills with the requests. */
function api(answer: () => Response | Promise<Response>, signal = new AbortController().signal) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const fetch = async (url: string, init?: RequestInit) => {
    asked.push({ url, init });
    return await answer();
  };
  return { asked, api: createApi({ fetch, signal }, SERVER, 'culv_api_x') };
}

const refusal = async (answer: () => Response | Promise<Response>) => {
  const error: unknown = await api(answer)
    .api.get('/vpns')
    .catch((reason: unknown) => reason);
  if (!(error instanceof CliError)) throw error;
  const { exit, code, message, advice } = error;
  return { exit, code, message, advice };
};

const problem = (status: number, more: object = {}) =>
  Response.json(
    { type: 'about:blank', title: 'No.', status, code: 'no', requestId: 'r', ...more },
    { status },
  );

test.each([
  [400, 1],
  [401, 4],
  [403, 5],
  [404, 3],
  [409, 1],
  [412, 1],
  [422, 1],
  [429, 1],
  [500, 1],
  [503, 1],
])('a %i ends with %i', async (status, exit) => {
  expect(await refusal(() => problem(status))).toMatchObject({ exit, code: 'no', message: 'No.' });
});

test('what the server says in detail, and of each field, is said', async () => {
  const errors = [
    { path: 'peerIp', code: 'a', message: 'This is private.' },
    { path: '', code: 'b', message: 'All is wrong.' },
  ];
  expect(await refusal(() => problem(422, { detail: 'Look.', errors }))).toMatchObject({
    message: 'No.\nLook.\npeerIp: This is private.\nAll is wrong.',
  });
});

test('what the server says of a field isn’t said twice', async () => {
  const errors = [{ path: 'vpn', code: 'vpn_unknown', message: 'No.' }];
  expect(await refusal(() => problem(404, { errors }))).toMatchObject({ message: 'No.' });
});

test.each<[string, () => Response]>([
  ['a page', () => new Response('<html>', { status: 200 })],
  ['another program’s error', () => new Response('nginx', { status: 502 })],
  ['a redirect, which would take the token along', () => Response.redirect('https://evil.example/', 302)],
])('%s isn’t Culvert', async (_what, answer) => {
  expect(await refusal(answer)).toMatchObject({ exit: 1, code: 'not_culvert' });
});

test('redirects aren’t followed', async () => {
  const { api: of, asked } = api(() => Response.json({}));
  await of.get('/vpns');
  expect(asked[0]?.init).toMatchObject({ redirect: 'manual' });
});

test.each([
  [
    Object.assign(new TypeError('fetch failed'), { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') }),
    {
      exit: 1,
      code: 'unreachable',
      message: `${SERVER} can’t be reached: connect ECONNREFUSED 127.0.0.1:1.`,
    },
  ],
  [
    new DOMException('late', 'TimeoutError'),
    { exit: 6, code: 'timeout', message: `${SERVER} doesn’t answer.` },
  ],
])('a server that can’t be asked: %s', async (error, expected) => {
  const fail = () => {
    throw error;
  };
  expect(await refusal(fail)).toMatchObject(expected);
});

test('what somebody interrupted is no failure of the server', async () => {
  const interrupted = new AbortController();
  const reason = new Error('Interrupted.');
  const { api: of } = api(() => {
    interrupted.abort(reason);
    throw reason;
  }, interrupted.signal);
  await expect(of.get('/vpns')).rejects.toBe(reason);
});

test('names that would order the terminal about are made harmless', async () => {
  const { api: of } = api(() => Response.json({ name: 'a\u001b[2Jb\u009b31mc\nd' }));
  expect(await of.get('/vpns')).toEqual({ name: 'a\u{fffd}[2Jb\u{fffd}31mc\nd' });
});

test('all pages of a list come as one', async () => {
  const pages = [
    { items: [1, 2], nextCursor: 'next', total: 3 },
    { items: [3], nextCursor: null, total: 3 },
  ];
  const { api: of, asked } = api(() => Response.json(pages.shift()));
  expect(await of.all('/vpns', { search: 'a&b' })).toEqual({ items: [1, 2, 3], nextCursor: null, total: 3 });
  expect(asked.map(({ url }) => url)).toEqual([
    `${SERVER}/api/v1/vpns?limit=1000&search=a%26b`,
    `${SERVER}/api/v1/vpns?limit=1000&search=a%26b&cursor=next`,
  ]);
});

test.each([
  ['culvert.example', 'https://culvert.example'],
  ['HTTPS://Culvert.Example/', 'https://culvert.example'],
  ['http://localhost:8080', 'http://localhost:8080'],
])('%s is the server %s', (text, origin) => {
  expect(serverOrigin(text)).toBe(origin);
});

test.each([
  '',
  'ftp://a.example',
  'https://a:b@c.example',
  'https://a.example/api',
  'https://a.example?x=1',
  'a b',
])('%j is no address of a server', (text) => {
  expect(() => serverOrigin(text)).toThrow(CliError);
});

test.each(['', '.', '..'])('%j is no name: it would lead to another path', (name) => {
  expect(() => apiPath`/vpns/${name}`).toThrow(CliError);
});

test('any other name is one segment of the path', () => {
  expect(apiPath`/vpns/${'../a?b#c'}/tunnels`).toBe('/vpns/..%2Fa%3Fb%23c/tunnels');
});
