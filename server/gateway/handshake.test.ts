import { beforeEach, describe, expect, test } from 'vitest';
import { TestBrowser, type Arrival } from './testing/browser.ts';
import { createPortWorld, type PortWorld, type TestPort } from './testing/portWorld.ts';

const MINUTE_MS = 60_000;
const access = '__Host-Http-culvert-test-port';
const flowName = /^__Host-Http-culvert-test-flow-[\w-]{8}$/;

let world: PortWorld;
let port: TestPort;
let host: string;
let browser: TestBrowser;

beforeEach(async () => {
  world = await createPortWorld();
  port = await world.addPort();
  host = `${port.label}.localhost:8080`;
  browser = new TestBrowser(world);
});

const headingOf = async ({ response }: Arrival) =>
  /<h1>(.*?)<\/h1>/.exec((await response?.text()) ?? '')?.[1];
const startedElsewhere = 'This sign-in was not started in this browser';
const over = 'This sign-in is over';

/** Begins at the port and stops where the dashboard asks who it is; returns where signing in would lead. */
async function begin(path = '/', from = browser): Promise<string> {
  const { url } = await from.open(`${port.origin}${path}`);
  expect(url.pathname).toBe('/sign-in');
  return `http://localhost:8080${url.searchParams.get('to') ?? ''}`;
}

/** The callback’s address that the dashboard sends this browser to. */
async function codeFor(start: string, userId: string): Promise<string> {
  const { headers } = await world.signIn(userId);
  const response = await world.app.request(start, { headers });
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

describe('somebody who is signed in to the dashboard', () => {
  beforeEach(() => browser.signIn(world.owner.id));

  test('arrives where they wanted to go, over the dashboard and back', async () => {
    const { url, passed, visit } = await browser.open(`${port.origin}/a/b?c=d&e=%20;f`);
    expect(url.href).toBe(`${port.origin}/a/b?c=d&e=%20;f`);
    expect(visit).toMatchObject({ portId: port.id, port: 3000, protocol: 'http' });
    expect(passed.map(({ host: at, pathname }) => at + pathname)).toEqual([
      `${host}/a/b`,
      'localhost:8080/port-auth',
      `${host}/.culvert/callback`,
    ]);
  });

  test('holds one cookie for three hours and nothing of the flow', async () => {
    await browser.open(port.origin);
    expect(browser.cookies(host)).toEqual([access]);
    const line = browser.received.find(({ line }) => line.startsWith(`${access}=`))?.line;
    expect(line).toMatch(
      new RegExp(
        `^${access}=culv_port_[\\w-]{43}; Path=/; Expires=Sat, 21 Nov 2026 11:00:00 GMT; Secure; HttpOnly; SameSite=Lax$`,
      ),
    );
  });

  test('gets past it until three hours are over, however much it is used', async () => {
    await browser.open(port.origin);
    for (let minute = 0; minute < 179; minute += 30) {
      expect((await browser.open(port.origin)).passed, `minute ${minute}`).toEqual([]);
      world.clock.advance(30 * MINUTE_MS - 1);
    }
    world.clock.advance(MINUTE_MS);
    expect((await browser.open(port.origin)).passed).toHaveLength(3);
  });

  test('no address on the way back holds the nonce, the cookie or the path', async () => {
    const { passed } = await browser.open(`${port.origin}/secret`);
    const values = browser.received.map(({ line }) => line.split(';')[0]?.split('=')[1] ?? '');
    const [nonce = ''] = values[0]?.split('.') ?? [];
    expect(nonce).toHaveLength(43);
    expect(passed).toHaveLength(3);
    for (const { href } of passed.slice(1)) {
      for (const secret of [nonce, values[1] ?? '', 'secret']) expect(href).not.toContain(secret);
    }
  });

  test('every redirect of it is kept by nobody and tells no referrer', async () => {
    const begun = await world.admit(port);
    if (begun.kind !== 'answer') throw new Error('Nobody was asked to sign in.');
    const start = begun.response.headers.get('location') ?? '';
    const callback = await codeFor(start, world.owner.id);
    const { headers } = await world.signIn(world.owner.id);
    const cookie = begun.response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const done = await world.admit(port, { target: callback.slice(port.origin.length), headers: { cookie } });
    if (done.kind !== 'answer') throw new Error('The callback reached the app.');
    for (const response of [begun.response, await world.app.request(start, { headers }), done.response]) {
      expect(response.status).toBe(303);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  test('two tabs that begin at once both arrive at their own page', async () => {
    const other = new TestBrowser(world);
    const first = await begin('/first', other);
    const second = await begin('/second', other);
    await other.signIn(world.owner.id);
    expect((await other.open(second)).url.href).toBe(`${port.origin}/second`);
    expect((await other.open(first)).url.href).toBe(`${port.origin}/first`);
    expect(other.cookies(host)).toEqual([access]);
  });
});

describe('somebody who isn’t signed in', () => {
  test('is sent to sign in, and arrives afterwards', async () => {
    const start = await begin('/later');
    await browser.signIn(world.owner.id);
    expect((await browser.open(start)).url.href).toBe(`${port.origin}/later`);
  });

  test('takes the same way for a port that isn’t there', async () => {
    const there = await begin();
    const label = 'aaaaaaaaaa';
    const { url } = await browser.open(`http://${label}.localhost:8080/`);
    const missing = `http://localhost:8080${url.searchParams.get('to') ?? ''}`;
    const shape = (address: string, from: string) =>
      address.replace(from, '<label>').replaceAll(/(flow|challenge)=[\w-]+/g, '$1=<random>');
    expect(shape(missing, label)).toBe(shape(there, port.label));
  });

  test('who begins ever anew holds three flows at most, the newest ones', async () => {
    for (let n = 0; n < 8; n += 1) await begin(`/${n}`);
    const kept = browser.cookies(host);
    expect(kept).toHaveLength(3);
    expect(kept.every((name) => flowName.test(name))).toBe(true);
    await browser.signIn(world.owner.id);
    expect(
      (await browser.open(await begin('/last').catch(() => `${port.origin}/last`))).visit,
    ).not.toBeNull();
  });

  test('the cookie of a flow lives for five minutes and stays small whatever the address', async () => {
    await begin(`/${'x'.repeat(60_000)}`);
    await begin(`/${'%F0%9F'.repeat(300)}`);
    for (const { line } of browser.received) {
      expect(line).toMatch(/; Path=\/; Max-Age=300; Secure; HttpOnly; SameSite=Lax$/);
      expect(line.length).toBeLessThan(4096);
    }
    const start = await begin(`/${'x'.repeat(60_000)}`);
    await browser.signIn(world.owner.id);
    expect((await browser.open(start)).url.href).toBe(`${port.origin}/`);
  });
});

describe('signed in, but not let in', () => {
  test.each([
    ['a member at a private port', 'member', 'private'],
    ['an admin at a private port', 'admin', 'private'],
    ['a stranger at a private port', 'stranger', 'private'],
    ['a stranger at a port of the organization', 'stranger', 'organization'],
  ] as const)('%s sees what they would see where there is none', async (_what, who, visibility) => {
    const shared = await world.addPort({ number: 4000, visibility });
    await browser.signIn(world[who].id);
    const theirs = await browser.open(shared.origin);
    const missing = await browser.open('http://aaaaaaaaaa.localhost:8080/');
    expect(theirs.response?.status).toBe(404);
    expect(await theirs.response?.text()).toBe(await missing.response?.text());
    const headers = ({ response }: Arrival) =>
      [...(response?.headers ?? [])].filter(([name]) => name !== 'x-request-id');
    expect(headers(theirs)).toEqual(headers(missing));
    expect(theirs.url.pathname).toBe('/port-auth');
  });

  test('an API token signs nobody in', async () => {
    const { headers } = world.withApiToken(await world.giveApiToken(world.owner.id));
    const response = await world.app.request(await begin(), { headers });
    expect(response.headers.get('location')).toMatch(/^\/sign-in\?/);
  });
});

describe('a code', () => {
  test('is good once', async () => {
    const callback = await codeFor(await begin(), world.owner.id);
    const flow = browser.cookieHeader(host);
    expect((await browser.open(callback)).visit).not.toBeNull();
    const replay = await browser.open(callback, { headers: { cookie: flow } });
    expect(replay.response?.status).toBe(400);
    expect(await headingOf(replay)).toBe(over);
  });

  test('lets in one of two who show it at the same moment', async () => {
    const callback = await codeFor(await begin(), world.owner.id);
    const ask = {
      target: callback.slice(port.origin.length),
      headers: { cookie: browser.cookieHeader(host) },
    };
    const verdicts = await Promise.all([world.admit(port, ask), world.admit(port, ask)]);
    const statuses = verdicts.map((verdict) => verdict.kind === 'answer' && verdict.response.status);
    expect(statuses.toSorted()).toEqual([303, 400]);
  });

  test('is good for a minute', async () => {
    const callback = await codeFor(await begin(), world.owner.id);
    world.clock.advance(MINUTE_MS);
    expect(await headingOf(await browser.open(callback))).toBe(over);
  });

  test('made in another browser signs nobody in here, and is spent', async () => {
    const attacker = new TestBrowser(world);
    const callback = await codeFor(await begin('/', attacker), world.owner.id);
    const victim = await browser.open(callback);
    expect(victim.response?.status).toBe(400);
    expect(await headingOf(victim)).toBe(startedElsewhere);
    expect(browser.cookies(host)).toEqual([]);
    expect(await headingOf(await attacker.open(callback))).toBe(over);
  });

  test('doesn’t fit a flow that the victim began with another nonce', async () => {
    await begin('/', browser);
    const flow = browser.cookies(host)[0]?.slice(-8) ?? '';
    const callback = new URL(await codeFor(await begin('/', new TestBrowser(world)), world.owner.id));
    callback.searchParams.set('flow', flow);
    expect(await headingOf(await browser.open(callback.href))).toBe(startedElsewhere);
    expect(browser.cookies(host)).not.toContain(access);
  });

  test('for one port is worth nothing at another', async () => {
    const other = await world.addPort({ number: 4000 });
    const callback = await codeFor(await begin(), world.owner.id);
    const cookie = browser.cookieHeader(host);
    const moved = callback.replace(port.label, other.label);
    const arrival = await browser.open(moved, { headers: { cookie } });
    expect(await headingOf(arrival)).toBe(over);
    expect(browser.cookies(`${other.label}.localhost:8080`)).toEqual([]);
  });

  test.each([
    [
      'the port was tightened',
      () => world.db.updateTable('port').set({ access_epoch: 2 }).where('id', '=', port.id).execute(),
      over,
    ],
    [
      'the port was stopped',
      () => world.db.updateTable('port').set({ forwarded: 0 }).where('id', '=', port.id).execute(),
      over,
    ],
    [
      'its session ended',
      () => world.db.updateTable('token').set({ revoked_at: '2026' }).where('kind', '=', 'session').execute(),
      over,
    ],
    [
      'the workspace was handed over',
      () => world.db.updateTable('workspace').set({ owner_id: world.member.id }).execute(),
      'There is no such port, or it isn’t yours',
    ],
  ])('is worth nothing once %s', async (_what, change, heading) => {
    const callback = await codeFor(await begin(), world.owner.id);
    await change();
    expect(await headingOf(await browser.open(callback))).toBe(heading);
    expect(browser.cookies(host)).not.toContain(access);
  });

  test('that is none gets the same answer at a port and where there is none', async () => {
    const pages = await Promise.all(
      [port.origin, 'http://aaaaaaaaaa.localhost:8080'].map(async (origin) => {
        const { response } = await browser.open(
          `${origin}/.culvert/callback?code=culv_port_code_x&flow=aaaaaaaa`,
        );
        return [response?.status, await response?.text()];
      }),
    );
    expect(pages[0]).toEqual(pages[1]);
    expect(pages[0]?.[0]).toBe(400);
  });

  test('in the database is no code that could be shown', async () => {
    const callback = new URL(await codeFor(await begin(), world.owner.id));
    const rows = JSON.stringify(await world.db.selectFrom('token').selectAll().execute());
    expect(rows).not.toContain(callback.searchParams.get('code'));
  });
});

describe('the way back stays on the port’s host', () => {
  test.each([
    ['//evil.example/x', '//evil.example/x'],
    ['/\\evil.example', '/'],
    ['/a\\b', '/'],
    ['/a\r\nset-cookie: x=1', '/'],
    ['/a\tb', '/'],
    ['/caf\u00e9', '/'],
    ['/%0d%0aset-cookie:%20x=1', '/%0d%0aset-cookie:%20x=1'],
    ['/@evil.example', '/@evil.example'],
  ])('%j leads to %s', async (target, path) => {
    const begun = await world.admit(port, { target });
    if (begun.kind !== 'answer') throw new Error('Nobody was asked to sign in.');
    const callback = await codeFor(begun.response.headers.get('location') ?? '', world.owner.id);
    const cookie = begun.response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const done = await world.admit(port, { target: callback.slice(port.origin.length), headers: { cookie } });
    if (done.kind !== 'answer') throw new Error('The callback reached the app.');
    expect(done.response.headers.get('location')).toBe(`${port.origin}${path}`);
  });

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '@evil.example', '/\u0000'])(
    'a cookie that says %j is not believed',
    async (path) => {
      const callback = await codeFor(await begin(), world.owner.id);
      const [name, value = ''] = browser.cookieHeader(host).split('=');
      const forged = `${name}=${value.split('.')[0]}.${btoa(path).replaceAll('=', '')}`;
      const { url } = await browser.open(callback, { headers: { cookie: forged } });
      expect(url.origin).toBe(port.origin);
    },
  );

  test.each([
    'port=evil.example&flow=aaaaaaaa',
    'port=a.b&flow=aaaaaaaa',
    'port=app&flow=aaaaaaaa',
    'port=K3V9Q2XA7M&flow=aaaaaaaa',
    'port=k3v9q2xa7m&flow=a%0d%0a',
    'port=k3v9q2xa7m@evil.example&flow=aaaaaaaa',
    'flow=aaaaaaaa',
  ])('the dashboard goes nowhere for %s', async (query) => {
    await browser.signIn(world.owner.id);
    const { response } = await browser.open(
      `http://localhost:8080/port-auth?${query}&challenge=${'a'.repeat(43)}`,
    );
    expect(response?.status).toBe(400);
    expect(response?.headers.get('location')).toBeNull();
  });
});

test('what the gateway keeps for itself never reaches an app', async () => {
  const shared = await world.addPort({ number: 4000, visibility: 'public' });
  for (const target of ['/.culvert/', '/.culvert/callback', '/.culvert/anything?x', '/.culvert/../a']) {
    for (const kind of ['navigation', 'fetch', 'upgrade', 'POST'] as const) {
      expect((await world.admit(shared, { kind, target })).kind, `${kind} ${target}`).toBe('answer');
    }
  }
  expect((await world.admit(shared, { target: '/.culvertish' })).kind).toBe('forward');
});

test('somebody at a public port can sign in by hand, and comes back', async () => {
  const shared = await world.addPort({ number: 4000, visibility: 'public' });
  await browser.signIn(world.owner.id);
  const { url, visit } = await browser.open(`${shared.origin}/.culvert/sign-in?to=/a?b`);
  expect(url.href).toBe(`${shared.origin}/a?b`);
  expect(visit?.viewerKey).toBe(`user:${world.owner.id}`);
});
