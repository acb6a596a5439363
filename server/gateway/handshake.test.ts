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

const begin = (path = '/', from = browser) => from.begin(`${port.origin}${path}`);

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
    const callback = await world.callbackFor(start, world.owner.id);
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
