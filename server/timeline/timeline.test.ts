import { beforeEach, describe, expect, test } from 'vitest';
import { TIMELINE, TunnelTimeline } from '../../contract/timeline.ts';
import type { TunnelReport } from '../../contract/agentProtocol.ts';
import { FakeAgent, tunnelReport } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';
import { pruneTimeline } from './pruneTimeline.ts';

const MINUTE = 60_000;

let host: TestApp;
let admin: TestClient;
let team: string;
let vpn: { id: string };
let token: string;
let agent: FakeAgent;

beforeEach(async () => {
  host = await createTestApp();
  const created = await host.addTeam();
  team = created.path;
  admin = (await host.member('Ada', created.id, 'admin')).client;
  const workspace = await createWorkspace(admin, team, 'api');
  ({ token } = await createJoinToken(admin, team, workspace.id));
  vpn = await createVpn(admin, team);
  await connect(admin, team, vpn.id, workspace.id);
  agent = await new FakeAgent(host.deps.hub, 'one').join(token);
});

const now = () => new Date(host.clock.now()).toISOString();
const at = () => `${team}/vpns/${vpn.id}/tunnels/${agent.replica.id}/timeline`;
const timeline = async () => TunnelTimeline.parse(await body(await admin.get(at()), 200));
const texts = async () => (await timeline()).events.map(({ text }) => text);

async function report(changes: Partial<TunnelReport> = {}, complete = false): Promise<void> {
  const tunnels = [tunnelReport(vpn.id, { since: now(), ...changes })];
  await agent.say({ type: 'tunnels', complete, tunnels });
  await host.deps.hub.settled();
}

describe('the events of a tunnel', () => {
  test('nothing has happened to one that was never reported', async () => {
    expect(await texts()).toEqual([]);
  });

  test('are told newest first, with the time at which they happened', async () => {
    await report({ virtualIp: '10.200.0.3' });
    host.clock.advance(10 * MINUTE);
    await report({
      state: 'failed',
      virtualIp: null,
      diagnosis: { code: 'gateway_unreachable', parts: {}, log: [] },
    });
    const { events } = await timeline();
    expect(events.map(({ kind, code }) => [kind, code])).toEqual([
      ['diagnosed', 'gateway_unreachable'],
      ['down', null],
      ['up', null],
    ]);
    expect(events.map(({ text }) => text)).toEqual(['Gateway unreachable', 'Down', 'Up with 10.200.0.3']);
    expect(events[0]?.at).toBe(now());
  });

  test('tell when its replica went away and came back', async () => {
    const since = now();
    await report({ since, virtualIp: null });
    host.clock.advance(MINUTE);
    await agent.hangUp();
    await host.deps.hub.settled();
    host.clock.advance(MINUTE);
    await agent.join(token);
    await report({ since, virtualIp: null }, true);
    await report({ since, virtualIp: null }, true);
    expect(await texts()).toEqual(['Replica online again', 'Replica offline', 'Up']);
  });

  test('are kept for a day, and no more than a hundred of them', async () => {
    await report();
    host.clock.advance(TIMELINE.hours * 60 * MINUTE + MINUTE);
    expect(await texts()).toEqual([]);
    for (let times = 0; times < TIMELINE.events; times += 1) {
      host.clock.advance(1000);
      await report({ state: times % 2 === 0 ? 'failed' : 'up', diagnosis: null });
    }
    await report({ state: 'failed', diagnosis: { code: 'no_route', parts: {}, log: [] } });
    await pruneTimeline(host.deps.db, host.clock);
    const kept = await host.deps.db.selectFrom('tunnel_event').select('id').execute();
    expect(kept).toHaveLength(TIMELINE.events);
    expect((await texts())[0]).toBe('No route to the gateway');
  });
});

describe('the traffic of a tunnel', () => {
  test('is added up by the quarter of an hour', async () => {
    const since = now();
    await report({ since, bytesIn: 100, bytesOut: 10 });
    await report({ since, bytesIn: 150, bytesOut: 30 });
    host.clock.advance(TIMELINE.sampleMinutes * MINUTE);
    await report({ since, bytesIn: 1000, bytesOut: 30 });
    const { traffic } = await timeline();
    expect(traffic.samples).toHaveLength(TIMELINE.samples);
    expect(traffic.samples.slice(-3)).toEqual([
      null,
      { bytesIn: 150, bytesOut: 30 },
      { bytesIn: 850, bytesOut: 0 },
    ]);
    expect(Date.parse(traffic.from)).toBe(
      Date.parse(now()) - (TIMELINE.samples - 1) * TIMELINE.sampleMinutes * MINUTE,
    );
  });

  test('of more than a day ago is forgotten, in what is shown and in what is stored', async () => {
    const since = now();
    for (let slot = 0; slot < 3 * TIMELINE.samples; slot += 1) {
      await report({ since, bytesIn: 1_000_000_000 * slot, bytesOut: 1_000_000_000 * slot });
      host.clock.advance(TIMELINE.sampleMinutes * MINUTE);
    }
    await pruneTimeline(host.deps.db, host.clock);
    const stored = await host.deps.db.selectFrom('tunnel_traffic').selectAll().executeTakeFirstOrThrow();
    expect(stored.earlier.trim().split(' ')).toHaveLength(TIMELINE.samples - 2);
    const { samples } = (await timeline()).traffic;
    expect(samples.at(-1)).toBeNull();
    expect(samples.slice(0, -1)).toEqual(
      samples.slice(0, -1).map(() => ({ bytesIn: 1_000_000_000, bytesOut: 1_000_000_000 })),
    );
  });
});

test('a replica that isn’t connected to the VPN has no timeline of it, nor has anybody outside the team', async () => {
  const other = await createVpn(admin, team, {
    name: 'Other',
    peerIp: '1.2.3.9',
    peerSubnets: ['10.9.0.0/24'],
  });
  await body(await admin.get(`${team}/vpns/${other.id}/tunnels/${agent.replica.id}/timeline`), 404);
  const elsewhere = await host.addTeam('Elsewhere');
  const stranger = (await host.member('Eve', elsewhere.id, 'admin')).client;
  await body(await stranger.get(at()), 404);
});
