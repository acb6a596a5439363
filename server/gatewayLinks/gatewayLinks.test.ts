import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { GatewayLink, NewGatewayLink, SharedGatewayConfig } from '../../contract/gatewayLinks.ts';
import { page } from '../../contract/lists.ts';
import { body, createVpn } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

const DAY_MS = 86_400_000;
const LOOKUP = '/api/v1/gateway-links/lookup';

let host: TestApp;
let team: { id: string; path: string };
let ada: { id: string; client: TestClient };
let vpn: { id: string };
let links: string;

beforeEach(async () => {
  host = await createTestApp();
  team = await host.addTeam('Platform team');
  ada = await host.member('Ada', team.id, 'admin');
  vpn = await createVpn(ada.client, team.path, { name: 'Berlin office' });
  links = `${team.path}/vpns/${vpn.id}/gateway-links`;
});

const share = async (sent: object = { kind: 'fortigate' }, client = ada.client) =>
  NewGatewayLink.parse(await body(await client.post(links, sent), 201));
const tokenOf = ({ url }: { url: string }) => new URL(url).hash.slice(1);
const open = (link: { url: string }) => host.anonymous.post(LOOKUP, { token: tokenOf(link) });
const listed = async () => page(GatewayLink).parse(await body(await ada.client.get(links), 200));

test('a link shows the settings to somebody without an account, and nothing else', async () => {
  const link = await share({ kind: 'mikrotik', pool: '10.201.0.0/16', days: 3 });
  expect(link.url).toMatch(/^http:\/\/localhost:8080\/gateway-config#culv_gateway_[\w-]{43}$/);
  const response = await open(link);
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const answer = await body(response, 200);
  const now = new Date(host.clock.now()).toISOString();
  expect(answer).toEqual({
    team: 'Platform team',
    kind: 'mikrotik',
    pool: '10.201.0.0/16',
    settings: {
      name: 'Berlin office',
      ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
      esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
      peerIp: '1.2.3.4',
      peerId: null,
      peerSubnets: ['10.250.0.0/24'],
      udpEncapsulation: true,
      dpdDelaySeconds: 30,
    },
    updatedAt: now,
    expiresAt: new Date(host.clock.now() + 3 * DAY_MS).toISOString(),
  });
});

test('a link shows the VPN as it is when it is opened, again and again', async () => {
  const link = await share();
  host.clock.advance(DAY_MS);
  await body(
    await ada.client.patch(`${team.path}/vpns/${vpn.id}`, { peerIp: '1.2.3.5' }, { ifMatch: '"1"' }),
    200,
  );
  for (let times = 0; times < 2; times += 1) {
    const { settings, updatedAt } = SharedGatewayConfig.parse(await body(await open(link), 200));
    expect(settings.peerIp).toBe('1.2.3.5');
    expect(updatedAt).toBe(new Date(host.clock.now()).toISOString());
  }
});

test('its token is stored as a hash, and its address is said once', async () => {
  const link = await share();
  const rows = await host.db.selectFrom('token').selectAll().where('kind', '=', 'gateway').execute();
  expect(JSON.stringify(rows)).not.toContain(tokenOf(link).slice(-20));
  const { items } = await listed();
  const { url: _, ...rest } = link;
  expect(items).toEqual([rest]);
  expect(link).toMatchObject({ createdBy: { id: ada.id, name: 'Ada' }, pool: null, lastUsedAt: null });
  expect(JSON.stringify(host.logLines)).not.toContain('culv_gateway');
});

test('says when it was last opened, to the minute', async () => {
  const link = await share();
  const heard: string[] = [];
  host.deps.bus.subscribe(team.id, (topics) => heard.push(...topics));
  const first = new Date(host.clock.now()).toISOString();
  await body(await open(link), 200);
  host.clock.advance(30_000);
  await body(await open(link), 200);
  expect((await listed()).items[0]?.lastUsedAt).toBe(first);
  expect(heard).toEqual([`vpn:${vpn.id}`]);
  host.clock.advance(31_000);
  await body(await open(link), 200);
  expect((await listed()).items[0]?.lastUsedAt).toBe(new Date(host.clock.now()).toISOString());
});

test('lasts a week where nothing is said, and is over to the second', async () => {
  const link = await share();
  host.clock.advance(7 * DAY_MS - 1000);
  await body(await open(link), 200);
  host.clock.advance(1000);
  await body(await open(link), 404);
  const later = await host.signIn(ada.id);
  expect(await body(await later.get(links), 200)).toMatchObject({ total: 0 });
});

/** Everything by which a link ends. */
const endings: Record<string, (link: GatewayLink) => Promise<unknown>> = {
  'it expires': async () => host.clock.advance(8 * DAY_MS),
  'it is revoked': async ({ id }) => body(await ada.client.delete(`${links}/${id}`), 204),
  'its VPN is deleted': async () => body(await ada.client.delete(`${team.path}/vpns/${vpn.id}`), 204),
  'its team is deleted': () => host.db.deleteFrom('team').where('id', '=', team.id).execute(),
  'who made it leaves the team': async () => {
    const { client } = await host.member('Tomas', team.id, 'admin');
    await body(await client.delete(`${team.path}/members/${ada.id}`), 204);
  },
  'who made it is no admin any more': async () => {
    const { client } = await host.member('Tomas', team.id, 'admin');
    await body(await client.patch(`${team.path}/members/${ada.id}`, { role: 'member' }), 200);
  },
  'who made it is no admin any more, whoever said so': () =>
    host.db.updateTable('member').set({ role: 'member' }).where('user_id', '=', ada.id).execute(),
};

test.each(Object.entries(endings))('when %s, it is as if it had never been', async (_case, end) => {
  const link = await share();
  await body(await open(link), 200);
  await end(link);
  const never = await host.anonymous.post(LOOKUP, { token: `${tokenOf(link).slice(0, -1)}_` });
  const over = await open(link);
  const problems = await Promise.all(
    [never, over].map(async (response) => {
      expect(response.status).toBe(404);
      const problem = z.record(z.string(), z.unknown()).parse(await response.json());
      return { ...problem, requestId: '' };
    }),
  );
  expect(problems[1]).toEqual(problems[0]);
});

test('does not come back with the role of who made it', async () => {
  const link = await share();
  const tomas = await host.member('Tomas', team.id, 'admin');
  const path = `${team.path}/members/${ada.id}`;
  await body(await tomas.client.patch(path, { role: 'member' }), 200);
  await body(await tomas.client.patch(path, { role: 'admin' }), 200);
  await body(await open(link), 404);
});

test('a token of another kind opens nothing, and a link signs nobody in', async () => {
  const invitation = await ada.client.post(`${team.path}/invitations`, { role: 'member' });
  const { url } = z.object({ url: z.string() }).parse(await body(invitation, 201));
  await body(await open({ url }), 404);
  const token = tokenOf(await share());
  await body(await host.withApiToken(token).get(team.path), 401);
  await body(await host.withSession(token).get(team.path), 401);
  await body(await host.anonymous.post('/api/v1/invitations/lookup', { token }), 404);
});

test('a link of another VPN can’t be revoked through this one', async () => {
  const link = await share();
  await createVpn(ada.client, team.path, { name: 'Other', peerSubnets: ['10.9.0.0/16'] });
  await body(await ada.client.delete(`${team.path}/vpns/Other/gateway-links/${link.id}`), 404);
  await body(await open(link), 200);
  await body(await ada.client.delete(`${links}/${link.id}`), 204);
  await body(await ada.client.delete(`${links}/${link.id}`), 404);
});

test.each([
  ['days', { kind: 'generic', days: 31 }, 'Use at most 30 days.'],
  ['days', { kind: 'generic', days: 0 }, 'Use at least one day.'],
  ['pool', { kind: 'generic', pool: '10.250.0.0/16' }, /overlaps with the peer subnet 10\.250\.0\.0\/24/],
  ['pool', { kind: 'generic', pool: '10.201.0.5/24' }, /host inside a subnet/],
  ['pool', { kind: 'generic', pool: 'fd00::/64' }, /is IPv6, and all peer subnets are IPv4/],
  ['pool', { kind: 'generic', pool: '1.2.3.0/24' }, /the gateway’s own address/],
  ['pool', { kind: 'generic', pool: '127.0.0.0/24' }, /loopback/],
  ['kind', { kind: 'toaster' }, /./],
])('refuses %s of %j', async (field, sent, message) => {
  const problem = await body(await ada.client.post(links, sent), 422);
  expect(problem).toMatchObject({ errors: [{ path: field, message: expect.stringMatching(message) }] });
  expect((await listed()).total).toBe(0);
});

test('who made and revoked links is in the activity, without their tokens', async () => {
  host.clock.advance(1000);
  const link = await share({ kind: 'generic', days: 1 });
  host.clock.advance(1000);
  await body(await ada.client.delete(`${links}/${link.id}`), 204);
  const activity = await body(await ada.client.get(`${team.path}/activity?subject=${vpn.id}`), 200);
  const text = JSON.stringify(activity);
  expect(text).not.toContain('culv_');
  expect(activity).toMatchObject({
    items: [
      {
        action: 'vpn.gateway-link-revoked',
        summary: 'Revoked a link to the gateway configuration of the VPN Berlin office.',
      },
      {
        action: 'vpn.gateway-link-created',
        summary: 'Made a link to the gateway configuration of the VPN Berlin office, good for 1 day.',
      },
      { action: 'vpn.created' },
    ],
  });
});

test('links come in pages, newest first', async () => {
  const made: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    host.clock.advance(1000);
    made.unshift((await share()).id);
  }
  const first = page(GatewayLink).parse(await body(await ada.client.get(`${links}?limit=2`), 200));
  const rest = page(GatewayLink).parse(
    await body(await ada.client.get(`${links}?limit=2&cursor=${first.nextCursor}`), 200),
  );
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(made);
  expect([first.total, rest.nextCursor]).toEqual([3, null]);
});
