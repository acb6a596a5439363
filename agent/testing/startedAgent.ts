import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../agent.ts';
import type { Agent, AgentOptions } from '../agent.ts';
import { systemClock } from '../ipsec/clock.ts';
import { createLog } from '../log.ts';
import { createFakeIpsec } from './fakeIpsec.ts';
import { startFakeServer, welcome } from './fakeServer.ts';
import type { Dialled, FakeServer } from './fakeServer.ts';

/** A server and a folder for agents that are started against it. */
export type AgentGround = {
  server: FakeServer;
  /** Holds the state and is the working folder. */
  folder: string;
  start(change?: Partial<AgentOptions>): Promise<Agent>;
  stop(agent: Agent): Promise<void>;
  /** Dialled, greeted and welcomed, the first complete report taken. */
  joined(): Promise<Dialled>;
  close(): Promise<void>;
};

export const joinToken = `culv_join_${'a'.repeat(43)}`;

export async function createAgentGround(): Promise<AgentGround> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-'));
  const server = await startFakeServer();
  const agents = new Set<Agent>();
  const stop = async (agent: Agent): Promise<void> => {
    agents.delete(agent);
    await agent.close({ keepTunnels: true });
  };
  return {
    server,
    folder,
    start: async (change = {}) => {
      const agent = await startAgent({
        server: server.url,
        token: joinToken,
        stateDir: join(folder, 'state'),
        folder,
        secretsDir: join(folder, 'secrets'),
        boot: null,
        name: 'builder',
        replace: false,
        log: createLog(() => undefined),
        clock: systemClock,
        random: () => 0,
        createIpsec: createFakeIpsec().create,
        ...change,
      });
      agents.add(agent);
      return agent;
    },
    stop,
    joined: async () => {
      const dialled = await server.dialled();
      await dialled.nextOf('hello');
      dialled.send(welcome);
      await dialled.nextOf('tunnels');
      return dialled;
    },
    close: async () => {
      await Promise.all([...agents].map(stop));
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
