import { beforeEach, describe, expect, test } from 'vitest';
import { TestBrowser, type Arrival } from './testing/browser.ts';
import { createPortWorld, type PortWorld, type TestPort } from './testing/portWorld.ts';

const MINUTE_MS = 60_000;
const access = '__Host-Http-culvert-test-port';

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

const begin = (path = '/', from = browser) => from.begin(`${port.origin}${path}`);

describe('a code', () => {
  test('is good once', async () => {
    const callback = await world.callbackFor(await begin(), world.owner.id);
    const flow = browser.cookieHeader(host);
    expect((await browser.open(callback)).visit).not.toBeNull();
    const replay = await browser.open(callback, { headers: { cookie: flow } });
    expect(replay.response?.status).toBe(400);
    expect(await headingOf(replay)).toBe(over);
  });

  test('lets in one of two who show it at the same moment', async () => {
    const callback = await world.callbackFor(await begin(), world.owner.id);
    const ask = {
      target: callback.slice(port.origin.length),
      headers: { cookie: browser.cookieHeader(host) },
    };
    const verdicts = await Promise.all([world.admit(port, ask), world.admit(port, ask)]);
    const statuses = verdicts.map((verdict) => verdict.kind === 'answer' && verdict.response.status);
    expect(statuses.toSorted()).toEqual([303, 400]);
  });

  test('is good for a minute', async () => {
    const callback = await world.callbackFor(await begin(), world.owner.id);
    world.clock.advance(MINUTE_MS);
    expect(await headingOf(await browser.open(callback))).toBe(over);
  });

  test('made in another browser signs nobody in here, and is spent', async () => {
    const attacker = new TestBrowser(world);
    const callback = await world.callbackFor(await begin('/', attacker), world.owner.id);
    const victim = await browser.open(callback);
    expect(victim.response?.status).toBe(400);
    expect(await headingOf(victim)).toBe(startedElsewhere);
    expect(browser.cookies(host)).toEqual([]);
    expect(await headingOf(await attacker.open(callback))).toBe(over);
  });

  test('doesn’t fit a flow that the victim began with another nonce', async () => {
    await begin('/', browser);
    const flow = browser.cookies(host)[0]?.slice(-8) ?? '';
    const callback = new URL(
      await world.callbackFor(await begin('/', new TestBrowser(world)), world.owner.id),
    );
    callback.searchParams.set('flow', flow);
    expect(await headingOf(await browser.open(callback.href))).toBe(startedElsewhere);
    expect(browser.cookies(host)).not.toContain(access);
  });

  test('for one port is worth nothing at another', async () => {
    const other = await world.addPort({ number: 4000 });
    const callback = await world.callbackFor(await begin(), world.owner.id);
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
    const callback = await world.callbackFor(await begin(), world.owner.id);
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
    const callback = new URL(await world.callbackFor(await begin(), world.owner.id));
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
    const callback = await world.callbackFor(begun.response.headers.get('location') ?? '', world.owner.id);
    const cookie = begun.response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const done = await world.admit(port, { target: callback.slice(port.origin.length), headers: { cookie } });
    if (done.kind !== 'answer') throw new Error('The callback reached the app.');
    expect(done.response.headers.get('location')).toBe(`${port.origin}${path}`);
  });

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '@evil.example', '/\u0000'])(
    'a cookie that says %j is not believed',
    async (path) => {
      const callback = await world.callbackFor(await begin(), world.owner.id);
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
