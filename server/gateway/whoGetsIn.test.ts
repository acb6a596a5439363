import { beforeAll, describe, expect, test } from 'vitest';
import { visibilities } from '../../contract/visibility.ts';
import { createPortWorld, type PortWorld, type TestPort } from './testing/portWorld.ts';
import { kinds, type Kind } from './testing/requests.ts';

type Level = 'private' | 'organization' | 'public' | 'missing';
type Answer = 'forwarded' | 303 | 401 | 404;

let world: PortWorld;
let ports: Record<Level, TestPort>;
let elsewhere: TestPort;
let goneId: string;

beforeAll(async () => {
  world = await createPortWorld();
  const [first, second, third] = await Promise.all(
    visibilities.map((visibility, at) => world.addPort({ visibility, number: 3000 + at, access_epoch: 4 })),
  );
  if (!first || !second || !third) throw new Error('There is a port for each level.');
  goneId = (await world.addUser('Gone')).id;
  elsewhere = await world.addPort({ number: 4000, access_epoch: 4 });
  ports = {
    private: first,
    organization: second,
    public: third,
    missing: {
      id: 'port_missing',
      label: 'aaaaaaaaaa',
      origin: 'http://aaaaaaaaaa.localhost:8080',
      number: 1,
    },
  };
});

type Shown = Record<string, string>;
const byCookie = async (port: TestPort, userId: string, options = {}): Promise<Shown> => ({
  // There is nothing that a cookie of a port that never was could be.
  cookie: await world.giveCookie(port.id === 'port_missing' ? elsewhere : port, userId, {
    epoch: 4,
    ...options,
  }),
});

/** What each viewer sends to a port. */
const viewers: Record<string, (port: TestPort) => Shown | Promise<Shown>> = {
  'nobody who is signed in': () => ({}),
  'the owner': (port) => byCookie(port, world.owner.id),
  'a member of the team': (port) => byCookie(port, world.member.id),
  'an admin of the team': (port) => byCookie(port, world.admin.id),
  'a member of another team': (port) => byCookie(port, world.stranger.id),
  'a removed member': (port) => byCookie(port, goneId),
  'the owner with an expired cookie': (port) => byCookie(port, world.owner.id, { lifetimeMs: 0 }),
  'the owner with the cookie of another port': () => byCookie(elsewhere, world.owner.id),
  'the owner with a cookie of an old epoch': (port) => byCookie(port, world.owner.id, { epoch: 3 }),
  'the owner with a tampered cookie': async (port) => {
    const { cookie = '' } = await byCookie(port, world.owner.id);
    return { cookie: cookie.slice(0, -1) + (cookie.endsWith('A') ? 'B' : 'A') };
  },
  'the owner’s API token': async () => ({ 'culvert-token': await world.giveApiToken(world.owner.id) }),
  'a member’s API token': async () => ({ 'culvert-token': await world.giveApiToken(world.member.id) }),
  'an API token of another team': async () => ({
    'culvert-token': await world.giveApiToken(world.stranger.id, world.otherTeam.id),
  }),
};

const signIn = { navigation: 303, fetch: 401, upgrade: 401, HEAD: 401, POST: 401 } as const;
const asked = (kind: Kind) => signIn[kind];
const hidden = () => 404 as const;
const allowed = () => 'forwarded' as const;

/** private, organization, public, missing. */
const table: [string, ...((kind: Kind) => Answer)[]][] = [
  ['nobody who is signed in', asked, asked, allowed, asked],
  ['the owner', allowed, allowed, allowed, asked],
  ['a member of the team', hidden, allowed, allowed, asked],
  ['an admin of the team', hidden, allowed, allowed, asked],
  ['a member of another team', hidden, hidden, allowed, asked],
  ['a removed member', hidden, hidden, allowed, asked],
  ['the owner with an expired cookie', asked, asked, allowed, asked],
  ['the owner with the cookie of another port', asked, asked, allowed, asked],
  ['the owner with a cookie of an old epoch', asked, asked, allowed, asked],
  ['the owner with a tampered cookie', asked, asked, allowed, asked],
  ['the owner’s API token', allowed, allowed, allowed, hidden],
  ['a member’s API token', hidden, allowed, allowed, hidden],
  ['an API token of another team', hidden, hidden, allowed, hidden],
];

describe.each(table)('%s', (who, ...answers) => {
  const rows = (['private', 'organization', 'public', 'missing'] as const).flatMap((level, at) =>
    kinds.map((kind) => [level, kind, answers[at]?.(kind)] as const),
  );
  test.each(rows)('at a port that is %s by %s: %s', async (level, kind, answer) => {
    const port = ports[level];
    const headers = await viewers[who]?.(port);
    if (headers === undefined) throw new Error(`Nobody is ${who}.`);
    const verdict = await world.admit(port, { kind, headers });
    expect(verdict.kind === 'forward' ? 'forwarded' : verdict.response.status).toBe(answer);
    if (verdict.kind === 'answer' && kind !== 'navigation') {
      expect(verdict.response.headers.get('location')).toBeNull();
      expect(verdict.response.headers.get('content-type')).toBe('application/problem+json');
    }
  });
});

test.each([
  ['a page that fetches HTML is told in JSON', 'fetch', 'text/html', 401],
  ['a navigation to whatever there is is led to sign in', 'navigation', '*/*', 303],
] as const)('%s', async (_what, kind, accept, status) => {
  const verdict = await world.admit(ports.private, { kind, headers: { accept } });
  expect(verdict.kind === 'answer' && verdict.response.status).toBe(status);
});

test.each([
  ['text/html', 303],
  ['application/xhtml+xml, TEXT/HTML;q=0.9', 303],
  ['*/*', 401],
  ['text/html-like', 401],
  ['-', 401],
])('a browser that says nothing of itself and accepts %s is answered %d', async (accept, status) => {
  const nothing = { 'sec-fetch-mode': '-', 'sec-fetch-dest': '-', 'sec-fetch-site': '-' };
  const verdict = await world.admit(ports.private, { headers: { ...nothing, accept } });
  expect(verdict.kind === 'answer' && verdict.response.status).toBe(status);
});

test('a team that forbids a level has its ports of that level answer as private ones', async () => {
  const strict = await createPortWorld();
  await strict.db
    .updateTable('team')
    .set({ allow_organization_ports: 0, allow_public_ports: 0 })
    .where('id', '=', strict.team.id)
    .execute();
  for (const visibility of visibilities) {
    const port = await strict.addPort({ visibility, number: 3000 + visibilities.indexOf(visibility) });
    const cookie = (userId: string) => strict.giveCookie(port, userId);
    const status = async (headers: Record<string, string>) => {
      const verdict = await strict.admit(port, { kind: 'fetch', headers });
      return verdict.kind === 'forward' ? 'forwarded' : verdict.response.status;
    };
    expect(await status({})).toBe(401);
    expect(await status({ cookie: await cookie(strict.member.id) })).toBe(404);
    expect(await status({ cookie: await cookie(strict.owner.id) })).toBe('forwarded');
  }
});
