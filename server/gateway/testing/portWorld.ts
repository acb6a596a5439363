import type { Insertable } from 'kysely';
import type { PortTable } from '../../db/schema.ts';
import type { ServerSettings } from '../../deps.ts';
import { createWorkspace } from '../../fixtures.ts';
import { newId } from '../../ids.ts';
import { newPortHost } from '../../ports/portHost.ts';
import { issueToken } from '../../session/tokens.ts';
import { createTestApp } from '../../testing.ts';
import { ACCESS_MS } from '../callback.ts';
import { createPortGateway } from '../createPortGateway.ts';
import type { PortVerdict } from '../portGateway.ts';
import { requestOf, type Ask } from './requests.ts';

export type PortWorld = Awaited<ReturnType<typeof createPortWorld>>;
export type TestPort = { id: string; label: string; origin: string; number: number };

/** The gateway on a database with a workspace of Olga’s, a connected replica in it, and people who may or may not come. */
export async function createPortWorld(settings: Partial<ServerSettings> = {}, file?: string) {
  const host = await createTestApp({ portsInterstitial: false, ...settings }, file);
  const { db, deps, clock } = host;
  const nowText = () => new Date(clock.now()).toISOString();
  const team = await host.addTeam();
  const otherTeam = await host.addTeam('Other');
  const admin = await host.member('Ann', team.id, 'admin');
  const owner = await host.member('Olga', team.id);
  const member = await host.member('Max', team.id);
  const stranger = await host.member('Stella', otherTeam.id, 'admin');
  const workspace = await createWorkspace(owner.client, team.path, 'reports');
  const gateway = createPortGateway(deps);

  async function addReplica(options: { workspaceId?: string; online?: boolean; listens?: number[] } = {}) {
    const { workspaceId = workspace.id, online = true, listens = [3000] } = options;
    const id = newId('rep');
    const { ordinal } = await db
      .selectFrom('replica')
      .select((eb) => eb.fn.countAll<number>().as('ordinal'))
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('replica')
      .values({
        id,
        workspace_id: workspaceId,
        name: `replica-${ordinal}`,
        ordinal,
        local_id: `${id}@culvert`,
        key: id,
        secret_hash: '',
        token_id: null,
        hostname: 'box',
        platform: 'linux-x64',
        agent_version: '0.0.0',
        ipsec: '{}',
        ipsec_supported: 1,
        connection: online ? `connection-of-${id}` : null,
        since: nowText(),
        joined_at: nowText(),
        boot: 'first',
        declared_ports: null,
      })
      .execute();
    for (const number of listens) {
      await db
        .insertInto('replica_port')
        .values({ replica_id: id, number, address: '127.0.0.1', process: 'node' })
        .execute();
    }
    return id;
  }

  async function addPort(changes: Partial<Insertable<PortTable>> = {}): Promise<TestPort> {
    const id = newId('port');
    const label = newPortHost();
    const number = changes.number ?? 3000;
    await db
      .insertInto('port')
      .values({
        id,
        workspace_id: workspace.id,
        number,
        host: label,
        forwarded: 1,
        visibility: 'private',
        origin: 'manual',
        created_at: nowText(),
        ...changes,
      })
      .execute();
    return { id, label, origin: `http://${label}.localhost:8080`, number };
  }

  /** The value of an access cookie, as the handshake’s last step would give it. */
  async function giveCookie(
    port: { id: string },
    userId: string,
    { epoch = 1, lifetimeMs = ACCESS_MS } = {},
  ): Promise<string> {
    const session = await issueToken(db, clock, { kind: 'session', userId, lifetimeMs: 86_400_000 });
    const { text } = await issueToken(db, clock, {
      kind: 'port',
      userId,
      portId: port.id,
      accessEpoch: epoch,
      sessionId: session.id,
      lifetimeMs,
    });
    return `__Host-Http-culvert-test-port=${text}`;
  }

  async function giveApiToken(userId: string, teamId = team.id): Promise<string> {
    return (await issueToken(db, clock, { kind: 'api', userId, teamId, lifetimeMs: 86_400_000 })).text;
  }

  /** Where the dashboard sends somebody back to who began at `start` and is signed in: the callback with its code. */
  async function callbackFor(start: string, userId: string): Promise<string> {
    const { headers } = await host.signIn(userId);
    const response = await host.app.request(start, { headers });
    return response.headers.get('location') ?? '';
  }

  const admit = async (port: { label: string }, ask: Ask = {}): Promise<PortVerdict> =>
    await gateway.admit(requestOf(port.label, ask));

  await addReplica();
  return {
    ...host,
    gateway,
    team,
    otherTeam,
    admin,
    owner,
    member,
    stranger,
    workspace,
    addReplica,
    addPort,
    giveCookie,
    giveApiToken,
    callbackFor,
    admit,
  };
}

/** The answer of the gateway itself; throws where the request was let through. */
export function answerOf(verdict: PortVerdict): Response {
  if (verdict.kind !== 'answer') throw new Error('The request was forwarded.');
  return verdict.response;
}

/** The visit; throws where the gateway answered itself. */
export function visitOf(verdict: PortVerdict) {
  if (verdict.kind !== 'forward') throw new Error(`The gateway answered ${verdict.response.status}.`);
  return verdict.visit;
}
