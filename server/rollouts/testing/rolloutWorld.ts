import { expect } from 'vitest';
import type { ChangeReport, TunnelReport } from '../../../contract/agentProtocol.ts';
import { page } from '../../../contract/lists.ts';
import { Rollout, type RolloutOptions } from '../../../contract/rollouts.ts';
import { Activity } from '../../../contract/team.ts';
import { Tunnel } from '../../../contract/tunnels.ts';
import { Vpn, type VpnCreate } from '../../../contract/vpns.ts';
import { FakeAgent, tunnelReport } from '../../agents/fakeAgent.ts';
import { createAgentHub } from '../../agents/hub.ts';
import { createApp } from '../../app.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace } from '../../fixtures.ts';
import { createTestApp, TestClient } from '../../testing.ts';
import { startRollouts } from '../rollouts.ts';

/** Replicas by workspace: `{ api: 2, web: 1 }` joins api-1, api-2 and web-1. */
type Fleet = Readonly<Record<string, number>>;

export type RolloutWorld = Awaited<ReturnType<typeof createRolloutWorld>>;

/** A replica whose agent knows safe changes and does what a test says. */
export type Replica = ReturnType<typeof replicaOf>;

/** A team with the VPN Office, connected to all workspaces, and its tunnels up on all replicas. */
export async function createRolloutWorld(fleet: Fleet) {
  const host = await createTestApp();
  const { id: teamId, path: team } = await host.addTeam();
  const ada = await host.member('Ada', teamId, 'admin');
  let { deps } = host;
  let admin = ada.client;
  const vpn = await createVpn(admin, team, { name: 'Office' });
  const replicas: Replica[] = [];
  const tokens = new Map<string, string>();

  /** Until nobody has anything more to say: reports are written, the bus has told, the runner has looked, replicas have heard. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      await deps.hub.settled();
      host.clock.advance(250);
      await deps.rollouts.settled();
    }
    await deps.hub.settled();
  }

  async function join(workspace: string, name: string): Promise<Replica> {
    const agent = await new FakeAgent(deps.hub, name).join(tokens.get(workspace) ?? '');
    const replica = replicaOf(agent, vpn.id, settle);
    replicas.push(replica);
    return replica;
  }

  async function addWorkspace(name: string): Promise<{ id: string }> {
    const workspace = await createWorkspace(admin, team, name);
    tokens.set(name, (await createJoinToken(admin, team, workspace.id)).token);
    return workspace;
  }

  for (const [name, count] of Object.entries(fleet)) {
    const workspace = await addWorkspace(name);
    await connect(admin, team, vpn.id, workspace.id);
    for (let number = 1; number <= count; number += 1) {
      const replica = await join(name, `${name}-${number}`);
      await replica.agent.report([tunnelReport(vpn.id)], true);
    }
  }

  const at = `${team}/vpns/${vpn.id}`;
  const world = {
    host,
    ada,
    teamId,
    team,
    at,
    vpnId: vpn.id,
    settle,
    join,
    addWorkspace,
    /** The client of the server that runs now. */
    get admin() {
      return admin;
    },
    async workspaceId(name: string): Promise<string> {
      const found = host.db.selectFrom('workspace').select('id').where('name', '=', name);
      return (await found.executeTakeFirstOrThrow()).id;
    },
    /** The replica of this name. */
    replica(name: string): Replica {
      const found = replicas.find((replica) => replica.name === name);
      if (!found) throw new Error(`There is no ${name}.`);
      return found;
    },
    async pass(ms: number) {
      host.clock.advance(ms);
      await settle();
    },
    /** Saves a change, and lets the first replica hear of it. */
    async change(change: Partial<VpnCreate>, rollout?: RolloutOptions): Promise<Vpn> {
      const sent = { ...change, ...(rollout ? { rollout } : {}) };
      const changed = Vpn.parse(await body(await admin.patch(at, sent, { ifMatch: '*' }), 200));
      await settle();
      return changed;
    },
    rollout: async (vpnPath = at) => Rollout.parse(await body(await admin.get(`${vpnPath}/rollout`), 200)),
    async control(verb: 'pause' | 'resume' | 'rollback'): Promise<Rollout> {
      const rollout = Rollout.parse(await body(await admin.post(`${at}/rollout/${verb}`), 200));
      await settle();
      return rollout;
    },
    /** How each replica stands in the rollout, by name. */
    async states(vpnPath = at): Promise<Record<string, string>> {
      const { replicas: rows } = await world.rollout(vpnPath);
      return Object.fromEntries(rows.map(({ replica, state }) => [replica.name, state]));
    },
    vpn: async () => Vpn.parse(await body(await admin.get(at), 200)),
    tunnels: async (vpnPath = at) =>
      page(Tunnel).parse(await body(await admin.get(`${vpnPath}/tunnels`), 200)).items,
    activity: async () => page(Activity).parse(await body(await admin.get(`${team}/activity`), 200)).items,
    /** As after `kill -9`: another process on the same database. Agents come back when `dialAgain` is called. */
    async restartServer(): Promise<void> {
      await deps.rollouts.stop();
      const hub = createAgentHub(deps);
      await hub.start();
      deps = { ...deps, hub, rollouts: await startRollouts({ ...deps, hub }) };
      admin = new TestClient(createApp(deps), ada.client.headers);
      await deps.rollouts.settled();
    },
    /** Another server on the same database that looks at rollouts. */
    secondServer: () => startRollouts(deps),
    /** Goes on with rollouts instead of this server, on a connection to the database that breaks and is mended. */
    async fragileServer() {
      await deps.rollouts.stop();
      let broken = false;
      const db = new Proxy(deps.db, {
        get(target, name) {
          if (name === 'transaction' && broken) throw new Error('The database is away.');
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const rollouts = await startRollouts({ ...deps, db });
      await rollouts.settled();
      return {
        rollouts,
        break: () => {
          broken = true;
        },
        mend: () => {
          broken = false;
        },
      };
    },
    /** Every agent dials the server that runs now and says again what it last said. */
    async dialAgain(): Promise<void> {
      for (const replica of replicas) {
        await replica.dialTo(deps.hub, tokens.get(replica.workspace) ?? '');
      }
      await settle();
    },
  };
  return world;
}

function replicaOf(first: FakeAgent, vpnId: string, settle: () => Promise<void>) {
  let agent = first;
  const { name } = first.replica;
  const said = new Map<string, TunnelReport>([[vpnId, tunnelReport(vpnId)]]);

  const wanted = (of = vpnId) => {
    const { vpns, changes } = agent.last('desired');
    return { vpn: vpns.find(({ id }) => id === of), change: changes?.find((change) => change.vpnId === of) };
  };

  const verdict = (changes: Partial<ChangeReport>): ChangeReport => ({
    revision: wanted().vpn?.revision ?? 0,
    state: 'kept',
    reason: null,
    diagnosis: null,
    at: '2026-11-21T08:00:30.000Z',
    ...changes,
  });

  const replica = {
    name,
    workspace: name.replace(/-\d+$/, ''),
    get agent() {
      return agent;
    },
    wanted,
    /** Says how a tunnel is; of Office unless said otherwise. */
    async says(changes: Partial<TunnelReport>, of = vpnId): Promise<void> {
      const report = tunnelReport(of, { ...said.get(of), ...changes });
      said.set(of, report);
      await agent.report([report]);
      await settle();
    },
    /** What it says when it dials again. */
    saysLater(changes: Partial<TunnelReport>): void {
      said.set(vpnId, tunnelReport(vpnId, { ...said.get(vpnId), ...changes }));
    },
    tries: () => replica.says({ change: verdict({ state: 'trying' }) }),
    /** It is up with what it tries. */
    keeps: () => replica.says({ appliedRevision: wanted().vpn?.revision ?? 0, change: verdict({}) }),
    /** It didn’t come up, and has the settings of before again. */
    goesBack: (changes: Partial<ChangeReport> = {}) =>
      replica.says({
        appliedRevision: wanted().change?.previous.revision ?? 0,
        change: verdict({ state: 'went-back', reason: 'failed', ...changes }),
      }),
    async dialTo(hub: ConstructorParameters<typeof FakeAgent>[0], token: string): Promise<void> {
      agent = await new FakeAgent(hub, name).join(token);
      await agent.report([...said.values()], true);
    },
  };
  return replica;
}

/** That a replica has the settings of before, without anything to try. */
export function expectAsBefore(replica: Replica): void {
  const { vpn, change } = replica.wanted();
  expect(vpn?.esp.lifetimeSeconds).toBe(28_800);
  expect(change).toBeUndefined();
}
