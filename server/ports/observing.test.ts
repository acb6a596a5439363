import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAgent } from '../agents/fakeAgent.ts';
import { body, forwardPort, listPorts, setPortVisibility } from '../fixtures.ts';
import type { TestClient } from '../testing.ts';
import { observeListening } from './observeListening.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;
let olga: TestClient;
let team: string;
let agent: FakeAgent;
const at = (port: number) => `${team}/workspaces/api/ports/${port}`;

beforeEach(async () => {
  world = await createPortWorld();
  olga = world.olga.client;
  team = world.team.path;
  agent = await world.join();
});

describe('a port that begins to listen', () => {
  test('is forwarded privately, with the process that listens, and nobody did it', async () => {
    await agent.ports({ port: 3000, process: 'vite' });
    expect(await world.ports()).toEqual({
      3000: {
        port: 3000,
        label: null,
        protocol: 'http',
        visibility: 'private',
        forwarded: true,
        url: expect.stringMatching(/^http:\/\/[a-z2-7]{10}\.localhost:8080$/),
        origin: 'auto',
        status: 'listening',
        process: 'vite',
        replicas: [agent.replica],
        ignored: null,
        sharedBy: null,
        sharedAt: null,
        notice: null,
        revision: 1,
      },
    });
    expect(await world.activity()).toEqual([]);
  });

  test('is offered where it may be a debugger, and ignored where nobody wants it in a browser', async () => {
    await agent.ports(9229, 5432, 40_000);
    expect(await world.ports()).toMatchObject({
      5432: { forwarded: false, url: null, ignored: 'Database', revision: 0 },
      9229: { forwarded: false, url: null, ignored: null, revision: 0 },
      40000: { forwarded: false, url: null, ignored: 'Ephemeral port' },
    });
  });

  test('leaves the list when it stops, if nobody has touched it, and comes back at its address', async () => {
    await agent.ports(3000, 5432);
    const { 3000: before } = await world.ports();
    await agent.ports();
    expect(await world.ports()).toEqual({});
    await agent.ports(3000);
    expect((await world.ports())[3000]?.url).toBe(before?.url);
  });

  test.each([
    ['named it', { label: 'Web' }],
    ['chose its protocol', { protocol: 'http' }],
    ['shared it', { visibility: 'organization' }],
  ])('stays in the list, not listening, once its owner has %s', async (_, wish) => {
    await agent.ports(3000);
    await body(await olga.patch(at(3000), wish, { ifMatch: '*' }), 200);
    await agent.ports();
    expect(await world.ports()).toMatchObject({
      3000: { forwarded: true, status: 'not-listening', process: null, replicas: [] },
    });
  });

  test('stays in the list once its owner has asked for it', async () => {
    await agent.ports(3000);
    await agent.ports();
    expect(await body(await olga.put(at(3000), {}), 200)).toMatchObject({
      origin: 'manual',
      status: 'not-listening',
    });
    expect(await world.ports()).toMatchObject({ 3000: { forwarded: true } });
  });

  test('is listed once for all replicas in which it listens', async () => {
    const two = await world.join('two');
    await agent.ports({ port: 3000, process: null });
    await two.ports({ port: 3000, process: 'vite' });
    expect(await world.ports()).toMatchObject({
      3000: { process: 'vite', replicas: [{ name: 'api-1' }, { name: 'api-2' }] },
    });
    await agent.ports();
    expect(await world.ports()).toMatchObject({ 3000: { replicas: [{ name: 'api-2' }] } });
  });

  test('counts once where it listens on several addresses', async () => {
    await agent.ports({ port: 3000, address: '0.0.0.0' }, { port: 3000, address: '::' });
    expect(await world.db.selectFrom('replica_port').select(['number', 'address']).execute()).toEqual([
      { number: 3000, address: '0.0.0.0' },
    ]);
  });
});

test.each([
  ['my\u202Eserver', 'myserver'],
  ['\u001B[31mred', '[31mred'],
  ['half \uD800 a character', 'half  a character'],
  ['\n', null],
])(
  'a process that calls itself %j is shown as %j, and is the same when it is said again',
  async (said, shown) => {
    await agent.ports({ port: 3000, process: said });
    expect(await world.ports()).toMatchObject({ 3000: { process: shown } });
    expect(await world.published(() => agent.ports({ port: 3000, process: said }))).toEqual([]);
  },
);

describe('while the replica is away', () => {
  test('what it forwards is shown as offline, and what it doesn’t is not shown', async () => {
    await agent.ports(3000, 9229);
    await forwardPort(olga, team, 'api', 4000);
    await agent.hangUp();
    expect(await world.ports()).toMatchObject({
      3000: { status: 'replica-offline', process: null, replicas: [] },
      4000: { status: 'replica-offline' },
    });
    expect(Object.keys(await world.ports())).toEqual(['3000', '4000']);
  });

  test('the others of the workspace count', async () => {
    await agent.ports(3000, 3001);
    await forwardPort(olga, team, 'api', 4000);
    await world.join('two');
    await agent.hangUp();
    expect(await world.ports()).toMatchObject({ 4000: { status: 'not-listening' } });
    expect(Object.keys(await world.ports())).toEqual(['4000']);
  });

  test('coming and going have the panel and the shared list read again', async () => {
    const shown = ['ports', `ports:${world.api.id}`];
    expect(await world.published(() => agent.hangUp())).toEqual(expect.arrayContaining(shown));
    expect(await world.published(() => world.join())).toEqual(expect.arrayContaining(shown));
  });
});

describe('what is said again', () => {
  test('writes nothing and has nothing read again', async () => {
    await agent.ports(3000, 3001);
    await agent.declaredPorts([{ port: 3000, label: 'Web' }]);
    const statements = await world.statements(async () => {
      const topics = await world.published(async () => {
        await agent.ports(3001, 3000);
        await agent.declaredPorts([{ port: 3000, label: 'Web' }]);
      });
      expect(topics).toEqual([]);
    });
    expect(statements).toHaveLength(2);
    for (const statement of statements) expect(statement).toMatch(/^select/);
  });

  test('a process that comes and goes concerns the panel alone', async () => {
    await agent.ports(3000);
    expect(await world.published(() => agent.ports(3000, 3001))).toEqual([`ports:${world.api.id}`]);
    expect(await world.published(() => agent.ports(3000))).toEqual([`ports:${world.api.id}`]);
    expect(await world.published(() => agent.ports({ port: 3000, process: 'vite' }))).toEqual([
      `ports:${world.api.id}`,
    ]);
  });

  test('a process of a shared port concerns what the team sees, too', async () => {
    await agent.ports(3000);
    await setPortVisibility(olga, team, 'api', 3000, 'public');
    const both = ['ports', `ports:${world.api.id}`];
    expect(await world.published(() => agent.ports())).toEqual(both);
    expect(await world.published(() => agent.ports(3000))).toEqual(both);
  });

  test('a replica that another connection has replaced is heard no more', async () => {
    const older = agent;
    await world.join();
    await older.ports(3000);
    expect(await world.ports()).toEqual({});
  });
});

test('what a connection says that is over by then is not written', async () => {
  const speaker = { replicaId: agent.replica.id, connection: 'an older one', workspaceId: world.api.id };
  expect(await observeListening(world.deps, speaker, [{ port: 3000, address: '::', process: null }])).toEqual(
    [],
  );
  expect(await world.ports()).toEqual({});
});

test('a removed replica takes what listened in it along', async () => {
  await agent.ports(3000, 9229);
  await body(await olga.delete(`${team}/replicas/${agent.replica.id}`), 204);
  expect(await world.db.selectFrom('replica_port').selectAll().execute()).toEqual([]);
  expect(await world.ports()).toEqual({});
});

test('the ports of a workspace take the same number of queries, however many there are', async () => {
  const counted = async (count: number) => {
    const busy = await createPortWorld();
    for (let n = 0; n < count; n += 1) {
      await (await busy.join(`agent-${n}`)).ports(...Array.from({ length: count }, (_, at) => 3000 + at));
      await setPortVisibility(busy.olga.client, busy.team.path, 'api', 3000 + n, 'public');
    }
    const statements = await busy.statements(async () => {
      const { items } = await listPorts(busy.olga.client, busy.team.path, 'api');
      expect(items).toHaveLength(count);
      await body(await busy.bob.client.get(`${busy.team.path}/ports`), 200);
    });
    return statements.length;
  };
  expect(await counted(12)).toBe(await counted(2));
});
