import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { eventually } from '../node/testing/eventually.ts';
import { z } from 'zod';
import { FakeAgent, tunnelReport } from '../agents/fakeAgent.ts';
import { body, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { createTestApp } from '../testing.ts';

/** Nothing that could be in a text by chance, and that survives JSON, URLs and logs unchanged. */
const MARKER = 'xyzzyPreSharedKeyMarkerxyzzy';

/** Everything the app has said to anybody but the agents, and everything it has written down. */
function listen(host: Awaited<ReturnType<typeof createTestApp>>, teamId: string) {
  const said: string[] = [];
  host.deps.bus.subscribe(teamId, (topics) => said.push(JSON.stringify(topics)));
  const request = host.app.request.bind(host.app);
  vi.spyOn(host.app, 'request').mockImplementation(async (...args) => {
    const response = await request(...args);
    said.push(JSON.stringify([...response.headers]), await response.clone().text());
    return response;
  });
  return {
    said,
    async everything() {
      host.clock.advance(1000);
      const tables = await host.db.introspection.getTables();
      for (const { name } of tables) {
        said.push(JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(host.db)).rows));
      }
      return [...said, ...host.logLines.map((line) => JSON.stringify(line))];
    },
  };
}

/** Until reports are stored, the rollout has gone on and the replica has heard of it. */
async function tryOut({ deps, clock }: Awaited<ReturnType<typeof createTestApp>>): Promise<void> {
  clock.advance(250);
  await deps.rollouts.settled();
  await deps.hub.settled();
}

const wentBack = (revision: number) => ({
  revision,
  state: 'went-back' as const,
  reason: 'failed' as const,
  diagnosis: null,
  at: '2026-11-21T08:00:30.000Z',
});

test('the pre-shared key goes in and never comes out: only replicas of connected workspaces hear it', async () => {
  const host = await createTestApp();
  const { id, path: team } = await host.addTeam();
  const admin = (await host.member('Ada', id, 'admin')).client;
  const listener = listen(host, id);

  const vpn = await createVpn(admin, team, { preSharedKey: MARKER });
  const at = `${team}/vpns/${vpn.id}`;
  await createWorkspace(admin, team, 'api');
  await createWorkspace(admin, team, 'web');
  await body(await admin.put(`${at}/workspaces/api`), 200);
  const agent = await new FakeAgent(host.deps.hub).join((await createJoinToken(admin, team, 'api')).token);
  const outsider = await new FakeAgent(host.deps.hub, 'two').join(
    (await createJoinToken(admin, team, 'web')).token,
  );
  await agent.report([tunnelReport(vpn.id)]);

  // Every way to see, change and break it.
  await body(await admin.patch(at, { preSharedKey: `${MARKER}2` }, { ifMatch: '"1"' }), 200);
  await body(await admin.patch(at, { preSharedKey: `${MARKER}3` }, { ifMatch: '"1"' }), 412);
  await body(await admin.patch(at, { preSharedKey: `${MARKER}3` }, { ifMatch: '"2"' }), 409);
  await tryOut(host);
  const { vpns, changes } = agent.last('desired');
  expect([vpns[0]?.preSharedKey, changes?.[0]?.previous.preSharedKey]).toEqual([`${MARKER}2`, MARKER]);
  for (const verb of ['pause', 'resume']) await body(await admin.post(`${at}/rollout/${verb}`), 200);
  await body(await admin.get(`${at}/rollout`), 200);
  await agent.report([tunnelReport(vpn.id, { appliedRevision: 2, change: wentBack(2) })]);
  await tryOut(host);
  expect(await body(await admin.get(`${at}/rollout`), 200)).toMatchObject({ state: 'failed' });
  expect(agent.last('desired').vpns[0]?.preSharedKey).toBe(MARKER);
  const { previous_psk_sealed } = await host.db.selectFrom('rollout').selectAll().executeTakeFirstOrThrow();
  expect(previous_psk_sealed, 'the key of before is erased').toBeNull();
  await body(await admin.patch(at, { preSharedKey: `${MARKER}\n` }, { ifMatch: '"3"' }), 422);
  await body(await admin.post(`${team}/vpns`, { name: 5, preSharedKey: MARKER }), 422);
  await body(await admin.post(`${at}/duplicate`, { name: 'Copy' }), 201);
  for (const path of ['', '/workspaces', '/candidates', '/tunnels', '/verifications', '/rollout']) {
    await body(await admin.get(at + path), 200);
  }
  for (const path of [
    '/vpns',
    '/workspaces',
    '/workspaces/api/tunnels',
    '/workspaces/api/replicas',
    '/activity',
  ]) {
    await body(await admin.get(team + path), 200);
  }
  for (const format of ['json', 'text']) {
    expect((await admin.get(`${at}/gateway-config?format=${format}`)).status).toBe(200);
  }
  const shared = await body(await admin.post(`${at}/gateway-links`, { kind: 'generic' }), 201);
  const token = new URL(z.object({ url: z.string() }).parse(shared).url).hash.slice(1);
  await body(await host.anonymous.post('/api/v1/gateway-links/lookup', { token }), 200);
  await body(await admin.get(`${at}/gateway-links`), 200);
  await body(await admin.post(`${at}/verifications`, { address: '10.250.0.5' }), 201);
  const trial = { settings: guideVpn, vpn: vpn.id, preSharedKey: `${MARKER}4`, replica: agent.replica.id };
  const trying = admin.post(`${team}/vpn-trials`, trial);
  await eventually(() => agent.last('try'));
  await body(await admin.post(`${team}/vpn-trials`, trial), 409);
  await agent.say({
    type: 'tried',
    id: agent.last('try').id,
    outcome: 'failed',
    reached: 'ike',
    diagnosis: { code: 'psk_differs_v1', parts: {}, log: [] },
    virtualIp: null,
    ikeSuite: null,
    espSuite: null,
    remoteSubnets: [],
    tookMs: 400,
  });
  await body(await trying, 200);
  await body(await admin.post(`${team}/vpn-trials`, { ...trial, preSharedKey: `${MARKER}\n` }), 422);
  await agent.sayText(JSON.stringify({ type: 'tunnels', wrong: MARKER }));
  await host.deps.hub.settled();
  await body(await admin.delete(at), 204);

  expect(agent.all('desired').at(0)?.vpns[0]?.preSharedKey).toBe(MARKER);
  expect(agent.last('try').vpn.preSharedKey).toBe(`${MARKER}4`);
  expect(JSON.stringify(outsider.heard)).not.toContain(MARKER);
  const everything = await listener.everything();
  expect(everything.join().length).toBeGreaterThan(10_000);
  expect(
    everything.filter((text) => text.includes(MARKER) || text.includes(btoa(MARKER).slice(0, 30))),
  ).toEqual([]);
});
