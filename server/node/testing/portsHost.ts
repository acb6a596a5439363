import { createPortConnections } from '../../gateway/portConnections.ts';
import type { PortFailure, PortGateway, PortRequest, PortVisit } from '../../gateway/portGateway.ts';
import { issueToken } from '../../session/tokens.ts';
import { createTestApp } from '../../testing.ts';
import { createAgentSockets } from '../agentSocket.ts';
import { createListener } from '../httpListener.ts';
import { portLimits, type PortLimits } from '../portLimits.ts';
import { createPortConnects } from '../portConnect.ts';
import { createPortProxy } from '../portProxy.ts';
import { createReplicaStreams } from '../replicaStreams.ts';
import { StreamAgent } from './streamAgent.ts';

export const LABEL = 'k3v9q2xa7m';
export const HOST = `${LABEL}.localhost:8080`;

export type PortsHost = Awaited<ReturnType<typeof startPortsHost>>;

/**
 * A server with a forwarded port, up to its sockets: the listener, the transport and an agent. Who is let in is not its
 * matter, so its gateway admits everybody to `visit`, which a test changes.
 */
export async function startPortsHost(options: { limits?: Partial<PortLimits>; headersMs?: number } = {}) {
  const host = await createTestApp();
  const team = await host.addTeam();
  const owner = await host.addUser('Olga', [{ id: team.id, role: 'member' }]);
  const addWorkspace = async (id: string) => {
    const created_at = '2026-01-01T00:00:00.000Z';
    const workspace = { id, team_id: team.id, name: id, owner_id: owner.id, created_at };
    await host.db.insertInto('workspace').values(workspace).execute();
    const token = { kind: 'join', teamId: team.id, workspaceId: id, lifetimeMs: null } as const;
    return (await issueToken(host.db, host.clock, token)).text;
  };
  const token = await addWorkspace('ws_1');

  const seen: PortRequest[] = [];
  const ends = new Set<() => void>();
  const visit: PortVisit = {
    portId: 'port_1',
    port: 0,
    protocol: 'http',
    replicas: [],
    viewerKey: 'user:1',
    stickTo: () => null,
    failure: (reason) => new Response(reason, { status: failureStatus(reason) }),
    watch(end) {
      ends.add(end);
      return () => void ends.delete(end);
    },
  };
  const gateway: PortGateway = {
    admit: async (request) => {
      seen.push(request);
      return { kind: 'forward', visit: { ...visit } };
    },
    refuseHost: async () => new Response('no such port', { status: 404 }),
  };
  const { hub, log, settings } = host.deps;
  const { limits, headersMs = 15_000 } = options;
  const listener = createListener({ headers: headersMs, request: 500, keepAlive: 65_000, lookEvery: 50 });
  const streams = createReplicaStreams(hub);
  const agents = createAgentSockets(hub, streams, log);
  const port = await listener.listen('127.0.0.1', 0);
  const ports = createPortProxy({
    gateway,
    hub,
    streams,
    settings,
    log,
    limits: { ...portLimits, ...limits },
  });
  const dashboard = async () => new Response('the dashboard');
  const connects = createPortConnects({
    connections: createPortConnections(host.deps),
    streams,
    log,
    limits: { ...portLimits, ...limits },
  });
  listener.serve({ app: host.app, dashboard, ports, agents, connects, settings });
  const url = `ws://127.0.0.1:${port}`;
  const agent = await StreamAgent.join(url, token);
  visit.replicas = [agent.replicaId];

  return {
    ...host,
    server: listener.server,
    port,
    url,
    token,
    addWorkspace,
    agent,
    join: (name: string, joinToken = token) => StreamAgent.join(url, joinToken, name),
    streams,
    visit,
    gateway,
    /** The requests that the gateway was asked about. */
    seen,
    /** How many requests are watched. */
    watched: () => ends.size,
    /** Access ends for everybody. */
    endAccess: () => {
      for (const end of ends) end();
    },
    ports,
    async close() {
      agent.die();
      await ports.close(0);
      connects.close();
      streams.close();
      await agents.close(0);
      await hub.close();
      await listener.close(0);
    },
  };
}

const failureStatus = (reason: PortFailure) => (reason === 'too-many' ? 429 : 502);
