import { beforeEach, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { Verification, type VerificationCreate } from '../../contract/verifications.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let admin: TestClient;
let olga: TestClient;
let team: string;
let vpn: { id: string };
let one: FakeAgent;
let two: FakeAgent;

beforeEach(async () => {
  host = await createTestApp();
  const { id, path } = await host.addTeam();
  team = path;
  admin = (await host.member('Ada', id, 'admin')).client;
  olga = (await host.member('Olga', id)).client;
  vpn = await createVpn(admin, team);
  const api = await createWorkspace(olga, team, 'api');
  await connect(admin, team, vpn.id, api.id);
  const { token } = await createJoinToken(olga, team, api.id);
  one = await new FakeAgent(host.deps.hub, 'one').join(token);
  two = await new FakeAgent(host.deps.hub, 'two').join(token);
});

const start = async (client: TestClient, what: VerificationCreate = { address: '10.250.0.5' }) =>
  Verification.parse(await body(await client.post(`${team}/vpns/${vpn.id}/verifications`, what), 201));

/** As it stands once everything that has been said is written. */
async function read(id: string) {
  await host.deps.hub.settled();
  return Verification.parse(await body(await admin.get(`${team}/verifications/${id}`), 200));
}

const answer = (agent: FakeAgent, id: string, code: string | null = null) =>
  agent.say({
    type: 'verified',
    id,
    state: code === null ? 'succeeded' : 'failed',
    code,
    message: code === null ? 'Answered in 12 ms.' : 'Nothing answered.',
    roundTripMs: code === null ? 12.5 : null,
  });

test('every replica is asked, and each answer shows as it arrives', async () => {
  const started = await start(admin, { address: '10.250.0.5', port: 5432 });
  expect(started).toMatchObject({ vpn: { id: vpn.id }, address: '10.250.0.5', port: 5432, finishedAt: null });
  expect(started.results.map(({ replica, state }) => [replica.name, state])).toEqual([
    ['api-1', 'running'],
    ['api-2', 'running'],
  ]);
  for (const agent of [one, two]) {
    expect(agent.last('verify')).toMatchObject({
      id: started.id,
      vpnId: vpn.id,
      address: '10.250.0.5',
      port: 5432,
    });
  }

  await answer(one, started.id);
  expect(await read(started.id)).toMatchObject({
    finishedAt: null,
    results: [{ state: 'succeeded', roundTripMs: 12.5 }, { state: 'running' }],
  });
  await answer(two, started.id, 'refused');
  expect(await read(started.id)).toMatchObject({
    finishedAt: expect.any(String),
    results: [{ state: 'succeeded' }, { state: 'failed', code: 'refused', message: 'Nothing answered.' }],
  });
});

test('a result that arrives is announced by the verification’s name, the last one by the VPN’s too', async () => {
  const { id } = await start(admin);
  host.clock.advance(250);
  const heard: string[] = [];
  host.deps.bus.subscribe(team.split('/').at(-1) ?? '', (topics) => heard.push(...topics));
  await answer(one, id);
  await read(id);
  host.clock.advance(250);
  expect(heard).toEqual([`verification:${id}`]);
  await answer(two, id);
  await read(id);
  host.clock.advance(250);
  expect(heard).toEqual([`verification:${id}`, `verification:${id}`, `vpn:${vpn.id}`]);
});

test('a replica that is offline fails at once, and doesn’t keep the rest waiting', async () => {
  await two.hangUp();
  const { id, results } = await start(admin);
  expect(results).toMatchObject([{ state: 'running' }, { state: 'failed', code: 'offline' }]);
  await answer(one, id);
  expect((await read(id)).finishedAt).not.toBeNull();
});

test('a replica that goes, or stays silent, fails with the reason', async () => {
  const { id } = await start(admin);
  await one.hangUp();
  expect(await read(id)).toMatchObject({
    results: [{ state: 'failed', code: 'offline' }, { state: 'running' }],
  });
  host.clock.advance(10_000);
  expect(await read(id)).toMatchObject({
    finishedAt: expect.any(String),
    results: [{ code: 'offline' }, { state: 'failed', code: 'timeout' }],
  });
});

test('what a crashed server left running isn’t shown as running for ever', async () => {
  const { id } = await start(admin);
  await one.hangUp();
  await two.hangUp();
  await read(id);
  await host.db.updateTable('verification').set({ finished_at: null }).execute();
  await host.db.updateTable('verification_result').set({ state: 'running', code: null }).execute();
  expect(await read(id)).toMatchObject({
    finishedAt: null,
    results: [{ state: 'running' }, { state: 'running' }],
  });
  host.clock.advance(60_000);
  expect(await read(id)).toMatchObject({
    finishedAt: expect.any(String),
    results: [
      { state: 'failed', code: 'timeout' },
      { state: 'failed', code: 'timeout' },
    ],
  });
});

test('an address outside the peer subnets is refused, and the subnets are named', async () => {
  const path = `${team}/vpns/${vpn.id}/verifications`;
  expect(await body(await admin.post(path, { address: '10.251.0.5' }), 422)).toMatchObject({
    errors: [{ path: 'address', message: expect.stringContaining('10.250.0.0/24') }],
  });
  await body(await admin.post(path, { address: 'db.internal' }), 422);
  expect(one.all('verify')).toEqual([]);
});

test('a member verifies from their own replicas alone', async () => {
  const web = await createWorkspace(admin, team, 'web');
  await connect(admin, team, vpn.id, web.id);
  const { token } = await createJoinToken(admin, team, web.id);
  const foreign = await new FakeAgent(host.deps.hub, 'three').join(token);
  const { results } = await start(olga);
  expect(results.map(({ replica }) => replica.name)).toEqual(['api-1', 'api-2']);
  expect(foreign.all('verify')).toEqual([]);
});

test('without any replica it says what to do first', async () => {
  const idle = await createVpn(admin, team, { name: 'Idle', peerSubnets: ['10.9.0.0/24'] });
  const path = `${team}/vpns/${idle.id}/verifications`;
  expect(await body(await admin.post(path, { address: '10.9.0.1' }), 409)).toMatchObject({
    code: 'no_replicas',
  });
});

test('the newest fifty of a VPN are kept', async () => {
  await one.hangUp();
  await two.hangUp();
  const ids: string[] = [];
  for (let count = 0; count < 52; count += 1) {
    host.clock.advance(1000);
    ids.unshift((await start(admin)).id);
  }
  const listed = page(Verification).parse(
    await body(await admin.get(`${team}/vpns/${vpn.id}/verifications`), 200),
  );
  expect(listed.total).toBe(50);
  expect(listed.items.map(({ id }) => id)).toEqual(ids.slice(0, 50));
  await body(await admin.get(`${team}/verifications/${ids.at(-1)}`), 404);
});
