import { vi } from 'vitest';
import { z } from 'zod';
import type { Topic } from '../../../contract/events.ts';
import { page } from '../../../contract/lists.ts';
import { OwnPortNotice, type Port } from '../../../contract/ports.ts';
import { Activity } from '../../../contract/team.ts';
import type { ServerSettings } from '../../deps.ts';
import { FakeAgent } from '../../agents/fakeAgent.ts';
import { body, createJoinToken, createWorkspace, listPorts } from '../../fixtures.ts';
import { createTestApp, type TestClient } from '../../testing.ts';

export type PortWorld = Awaited<ReturnType<typeof createPortWorld>>;

/** Olga’s workspace `api` in a team whose admin is Ada and whose other member is Bob, and nothing in it. */
export async function createPortWorld(settings: Partial<ServerSettings> = {}) {
  const host = await createTestApp(settings);
  const { clock, db, deps } = host;
  const team = await host.addTeam('Acme');
  const ada = await host.member('Ada', team.id, 'admin');
  const olga = await host.member('Olga', team.id);
  const bob = await host.member('Bob', team.id);
  const api = await createWorkspace(olga.client, team.path, 'api');

  /** A join token of `api`. */
  const token = () => createJoinToken(olga.client, team.path, api.id);

  /** A replica of a workspace that has joined. Agents of one name are one replica. */
  async function join(
    name = 'one',
    options: { boot?: string; workspace?: string; client?: TestClient } = {},
  ) {
    const { workspace = api.id, client = olga.client } = options;
    const { token } = await createJoinToken(client, team.path, workspace);
    return await new FakeAgent(deps.hub, name).join(token, options.boot ? { boot: options.boot } : {});
  }

  /** The workspace’s ports as its owner sees them, by number. */
  async function ports(): Promise<Record<number, Port>> {
    const { items } = await listPorts(olga.client, team.path, api.id);
    return Object.fromEntries(items.map((port) => [port.port, port]));
  }

  /** Notices of somebody’s own ports. */
  const notices = async (client: TestClient) =>
    z
      .object({ items: z.array(OwnPortNotice) })
      .parse(await body(await client.get(`${team.path}/port-notices`), 200)).items;

  /** What the activity says of ports: who, what, and the sentence. In no order: the clock stands still. */
  async function activity() {
    const { items } = page(Activity).parse(await body(await ada.client.get(`${team.path}/activity`), 200));
    return items
      .filter(({ action }) => action.startsWith('port.'))
      .map(({ actor, action, summary }) => ({ by: actor.name, action, summary }));
  }

  /** The row as it is stored. */
  const row = (number: number) =>
    db.selectFrom('port').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

  /** The topics that `act` has published to the team. */
  async function published(act: () => Promise<unknown>): Promise<Topic[]> {
    clock.advance(1000);
    const heard = new Set<Topic>();
    const stop = deps.bus.subscribe(team.id, (topics) => {
      for (const topic of topics) heard.add(topic);
    });
    await act();
    clock.advance(1000);
    stop();
    return [...heard].toSorted();
  }

  /** The SQL of the statements that `act` has sent. */
  async function statements(act: () => Promise<unknown>): Promise<string[]> {
    const sent = vi.spyOn(db.getExecutor(), 'executeQuery');
    await act();
    const sql = sent.mock.calls.map(([query]) => query.sql);
    sent.mockRestore();
    return sql;
  }

  return {
    ...host,
    statements,
    token,
    team,
    ada,
    olga,
    bob,
    api,
    join,
    ports,
    notices,
    activity,
    row,
    published,
  };
}
