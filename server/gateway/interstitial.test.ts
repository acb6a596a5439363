import { beforeEach, describe, expect, test } from 'vitest';
import { TestBrowser } from './testing/browser.ts';
import { answerOf, createPortWorld, type PortWorld, type TestPort } from './testing/portWorld.ts';
import type { Ask } from './testing/requests.ts';

let world: PortWorld;
let port: TestPort;

beforeEach(async () => {
  world = await createPortWorld({ portsInterstitial: true });
  port = await world.addPort({ visibility: 'public' });
});

const seen = '__Host-Http-culvert-test-seen';

/** The code of the gateway’s answer, or `passes`. */
async function outcome(ask: Ask = {}, at = port): Promise<string> {
  const verdict = await world.admit(at, ask);
  return verdict.kind === 'forward' ? 'passes' : (verdict.response.headers.get('culvert-problem') ?? '');
}

/** What the page’s button sends. */
const confirm = (to: string, headers: Record<string, string> = {}): Ask => ({
  kind: 'POST',
  target: '/.culvert/continue',
  body: new URLSearchParams({ to }).toString(),
  headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', ...headers },
});

test('a browser’s first visit to a public port is a page that warns, and its button leads on, once', async () => {
  const page = answerOf(await world.admit(port, { target: '/a?b="<c>&d' }));
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain('<form class="actions" method="post" action="/.culvert/continue">');
  expect(text).toContain('value="/a?b=&quot;&lt;c&gt;&amp;d"');

  const confirmed = answerOf(await world.admit(port, confirm('/a?b="<c>&d')));
  expect(confirmed.status).toBe(303);
  expect(confirmed.headers.get('location')).toBe(`${port.origin}/a?b="<c>&d`);
  expect(confirmed.headers.getSetCookie()).toEqual([
    `${seen}=1; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax`,
  ]);
  expect(await outcome({ headers: { cookie: `${seen}=1` } })).toBe('passes');
});

describe('nobody is stopped', () => {
  test.each<[string, Ask]>([
    ['who fetches', { kind: 'fetch' }],
    ['who opens a WebSocket', { kind: 'upgrade' }],
    ['who posts', { kind: 'POST' }],
    ['who asks for the head alone', { method: 'HEAD' }],
    [
      'who is a program without metadata',
      { headers: { accept: '*/*', 'sec-fetch-mode': '-', 'sec-fetch-site': '-', 'sec-fetch-dest': '-' } },
    ],
    ['who would rather have JSON', { headers: { accept: 'application/json' } }],
    ['who says so in a header', { headers: { 'culvert-skip-interstitial': '1' } }],
  ])('%s', async (_who, ask) => {
    expect(await outcome(ask)).toBe('passes');
  });

  test('whom a cookie or a token lets in', async () => {
    expect(await outcome({ headers: { cookie: await world.giveCookie(port, world.owner.id) } })).toBe(
      'passes',
    );
    expect(await outcome({ headers: { 'culvert-token': await world.giveApiToken(world.owner.id) } })).toBe(
      'passes',
    );
  });

  test('at a port that isn’t public', async () => {
    const shared = await world.addPort({ number: 4000, visibility: 'organization' });
    const cookie = await world.giveCookie(shared, world.member.id);
    expect(await outcome({ headers: { cookie } }, shared)).toBe('passes');
  });

  test('where the operator turned it off', async () => {
    world = await createPortWorld({ portsInterstitial: false });
    port = await world.addPort({ visibility: 'public' });
    expect(await outcome()).toBe('passes');
  });
});

test('a cookie of another port, or of an old epoch, spares nobody the page', async () => {
  const other = await world.addPort({ number: 4000 });
  for (const cookie of [
    await world.giveCookie(other, world.owner.id),
    await world.giveCookie(port, world.owner.id, { epoch: 0 }),
  ]) {
    expect(await outcome({ headers: { cookie } })).toBe('confirm_visit');
  }
});

test('browsers without metadata see the page too', async () => {
  const headers = { 'sec-fetch-mode': '-', 'sec-fetch-site': '-', 'sec-fetch-dest': '-' };
  expect(await outcome({ headers })).toBe('confirm_visit');
});

test.each([
  ['a neighbour', { origin: 'http://aaaaaaaaaa.localhost:8080', 'sec-fetch-site': 'same-site' }],
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['nowhere', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['an old browser that names no origin', { origin: '-', 'sec-fetch-site': '-' }],
])('%s can’t confirm for the visitor', async (_who, headers) => {
  const response = answerOf(await world.admit(port, confirm('/', headers)));
  expect(response.status).toBe(403);
  expect(response.headers.getSetCookie()).toEqual([]);
});

test.each([
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  '@evil.example',
  '/a\r\nb: c',
  '',
  `/${'x'.repeat(9000)}`,
])('the button leads nowhere else: %#', async (to) => {
  const response = answerOf(await world.admit(port, confirm(to)));
  expect(new URL(response.headers.get('location') ?? '').origin).toBe(port.origin);
});

test('a form that is far too long still leads to the port', async () => {
  const response = answerOf(await world.admit(port, confirm(`/${'x'.repeat(100_000)}`)));
  expect(response.headers.get('location')).toBe(`${port.origin}/`);
});

test('each port is confirmed by itself', async () => {
  const browser = new TestBrowser(world);
  const other = await world.addPort({ number: 4000, visibility: 'public' });
  await browser.open(port.origin, confirm('/'));
  expect((await browser.open(other.origin)).response?.headers.get('culvert-problem')).toBe('confirm_visit');
});
