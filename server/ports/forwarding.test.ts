import { beforeEach, describe, expect, test } from 'vitest';
import { WORKSPACE_PORTS_MAX } from '../../contract/ports.ts';
import { body, forwardPort, listPorts, setPortVisibility } from '../fixtures.ts';
import { createApp } from '../app.ts';
import { TestClient } from '../testing.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;
let olga: TestClient;
let team: string;
const at = (port: number | string) => `${team}/workspaces/api/ports/${port}`;

beforeEach(async () => {
  world = await createPortWorld();
  olga = world.olga.client;
  team = world.team.path;
});

describe('a port that is forwarded', () => {
  test('is private, at an address that says nothing of it, before anything listens', async () => {
    const port = await forwardPort(olga, team, 'api', 3000);
    expect(port).toEqual({
      port: 3000,
      label: null,
      protocol: 'http',
      visibility: 'private',
      forwarded: true,
      url: expect.stringMatching(/^http:\/\/[a-z2-7]{10}\.localhost:8080$/),
      origin: 'manual',
      status: 'no-replica',
      process: null,
      replicas: [],
      ignored: null,
      sharedBy: null,
      sharedAt: null,
      notice: null,
      revision: 1,
    });
    expect((await listPorts(olga, team, 'api')).items).toEqual([port]);
  });

  test('takes the label and protocol that are asked for', async () => {
    const port = await forwardPort(olga, team, 'api', 8443, { label: ' Admin ', protocol: 'https' });
    expect(port).toMatchObject({ label: 'Admin', protocol: 'https', visibility: 'private' });
  });

  test('can be one of the ignore list, by hand', async () => {
    expect(await forwardPort(olga, team, 'api', 5432)).toMatchObject({ forwarded: true, ignored: null });
  });

  test('keeps its visibility when it is forwarded again, and takes label and protocol', async () => {
    await forwardPort(olga, team, 'api', 3000, { label: 'Web' });
    await setPortVisibility(olga, team, 'api', 3000, 'organization');
    const again = await body(await olga.put(at(3000), { label: 'Shop' }), 200);
    expect(again).toMatchObject({ label: 'Shop', visibility: 'organization', revision: 3 });
    expect(await body(await olga.put(at(3000), {}), 200)).toEqual(again);
  });

  test('is in the activity once, however often it is asked for', async () => {
    await forwardPort(olga, team, 'api', 3000);
    await body(await olga.put(at(3000), {}), 200);
    expect(await world.activity()).toEqual([
      {
        by: 'Olga',
        action: 'port.forwarded',
        summary: 'Forwarded port 3000 of the workspace api, privately.',
      },
    ]);
  });
});

test.each(['0', '65536', '1.5', '-1', '03000', '3e3', 'http', '%20'])(
  '%s is no port that can be forwarded',
  async (number) => {
    const answer = await body(await olga.put(at(number), {}), 422);
    expect(answer).toMatchObject({
      errors: [{ path: 'port', message: 'Enter a port number from 1 to 65535.' }],
    });
  },
);

describe('a server without a ports domain', () => {
  beforeEach(async () => {
    await forwardPort(olga, team, 'api', 3000);
    await setPortVisibility(olga, team, 'api', 3000, 'public');
    await forwardPort(olga, team, 'api', 3001);
    await (await world.join()).ports(3000);
    const settings = { ...world.deps.settings, portsDomain: null };
    olga = new TestClient(createApp({ ...world.deps, settings }), olga.headers);
  });

  test('says what its operator has to set', async () => {
    const unavailable = { code: 'ports_unavailable', title: expect.stringContaining('CULVERT_PORTS_DOMAIN') };
    expect(await body(await olga.put(at(3002), {}), 409)).toMatchObject(unavailable);
    const wider = await olga.patch(at(3001), { visibility: 'public' }, { ifMatch: '*' });
    expect(await body(wider, 409)).toMatchObject(unavailable);
  });

  test('shows what listens, and that nothing is forwarded or shared', async () => {
    const { items } = await listPorts(olga, team, 'api');
    expect(items).toMatchObject([{ port: 3000, forwarded: false, url: null, status: 'listening' }]);
    expect(await body(await olga.get(`${team}/ports`), 200)).toMatchObject({ items: [], total: 0 });
  });

  test('still lets ports be made private and stopped', async () => {
    await body(await olga.patch(at(3000), { visibility: 'private' }, { ifMatch: '*' }), 200);
    await body(await olga.delete(at(3000)), 204);
  });
});

describe('stopping', () => {
  test('takes a port off the list that nothing listens on, and its access with it', async () => {
    await forwardPort(olga, team, 'api', 3000);
    const { access_epoch: before } = await world.row(3000);
    await body(await olga.delete(at(3000)), 204);
    expect(await world.ports()).toEqual({});
    expect(await world.row(3000)).toMatchObject({ forwarded: 0, access_epoch: before + 1 });
    expect(await world.activity()).toContainEqual({
      by: 'Olga',
      action: 'port.stopped',
      summary: 'Stopped forwarding port 3000 of the workspace api.',
    });
  });

  test('what isn’t forwarded is answered like what isn’t there', async () => {
    await forwardPort(olga, team, 'api', 3000);
    await body(await olga.delete(at(3000)), 204);
    const [stopped, never] = [await olga.delete(at(3000)), await olga.delete(at(3001))];
    expect([stopped.status, never.status]).toEqual([404, 404]);
  });

  test('leaves a port in the list while it listens, and it isn’t forwarded again by itself', async () => {
    const agent = await world.join();
    await agent.ports(3000);
    await body(await olga.delete(at(3000)), 204);
    expect(await world.ports()).toMatchObject({
      3000: { forwarded: false, url: null, visibility: 'private', status: 'listening' },
    });
    await agent.ports();
    expect(await world.ports()).toEqual({});
    await agent.ports(3000);
    expect(await world.ports()).toMatchObject({ 3000: { forwarded: false, url: null } });
  });
});

describe('forwarding again what was stopped', () => {
  test('brings back the same address and label, private', async () => {
    const { url } = await forwardPort(olga, team, 'api', 3000, { label: 'Web', protocol: 'https' });
    await body(await olga.delete(at(3000)), 204);
    expect(await forwardPort(olga, team, 'api', 3000)).toMatchObject({
      url,
      label: 'Web',
      protocol: 'https',
      visibility: 'private',
      notice: null,
    });
  });

  test.each(['organization', 'public'] as const)('tells its owner that it was %s', async (visibility) => {
    await forwardPort(olga, team, 'api', 3000);
    await setPortVisibility(olga, team, 'api', 3000, visibility);
    await body(await olga.delete(at(3000)), 204);
    expect(await world.notices(olga)).toEqual([]);
    const { access_epoch: before } = await world.row(3000);
    const again = await forwardPort(olga, team, 'api', 3000);
    expect(again).toMatchObject({
      visibility: 'private',
      sharedBy: null,
      sharedAt: null,
      notice: { from: visibility, reason: 'added-again', at: '2026-11-21T08:00:00.000Z' },
    });
    expect((await world.row(3000)).access_epoch).toBe(before + 1);
  });
});

describe('at the limit', () => {
  const fill = async (count: number) => {
    for (let port = 1; port <= count; port += 1) await forwardPort(olga, team, 'api', port);
  };

  test('another port is refused with the way out', async () => {
    await fill(WORKSPACE_PORTS_MAX);
    expect(await body(await olga.put(at(3000), {}), 422)).toMatchObject({
      errors: [{ path: 'port', code: 'too_many_ports', message: expect.stringContaining('Stop forwarding') }],
    });
    await body(await olga.put(at(1), { label: 'First' }), 200);
    await body(await olga.delete(at(1)), 204);
    await forwardPort(olga, team, 'api', 3000);
    await body(await olga.put(at(1), {}), 422);
  });

  test('what begins to listen is offered, not forwarded', async () => {
    const agent = await world.join();
    await fill(WORKSPACE_PORTS_MAX - 1);
    await agent.ports(3000, 3001);
    expect(await world.ports()).toMatchObject({
      3000: { forwarded: true, origin: 'auto' },
      3001: { forwarded: false, ignored: null, status: 'listening' },
    });
  });

  test('ports that nobody touched and that listen no more make room', async () => {
    const agent = await world.join();
    for (let first = 7000; first < 7000 + 2 * WORKSPACE_PORTS_MAX; first += 50) {
      await agent.ports(...Array.from({ length: 50 }, (_, n) => first + n));
    }
    const listed = Object.values(await world.ports());
    expect(listed).toHaveLength(50);
    expect(listed.every(({ forwarded }) => forwarded)).toBe(true);
    await forwardPort(olga, team, 'api', 3000);
  });

  test('ports that somebody has touched stay, silent as they are', async () => {
    const agent = await world.join();
    await agent.ports(7000, 7001, 7002, 7003);
    const change = async (port: number, wish: object) =>
      body(await olga.patch(at(port), wish, { ifMatch: '*' }), 200);
    await change(7000, { label: 'Web' });
    await change(7001, { visibility: 'organization' });
    await change(7002, { visibility: 'public' });
    await agent.declaredPorts([{ port: 7002, protocol: 'https' }]);
    await change(7003, { protocol: 'http' });
    await agent.ports(...Array.from({ length: WORKSPACE_PORTS_MAX }, (_, n) => 8000 + n));
    await body(await olga.put(at(3000), {}), 422);
    expect(await world.ports()).toMatchObject({
      7000: { label: 'Web' },
      7001: { visibility: 'organization' },
      7002: { notice: { from: 'public' } },
      7003: { protocol: 'http' },
    });
  });
});

describe('at the same moment', () => {
  test('two that forward one port both succeed, and it is there once', async () => {
    const answers = await Promise.all([olga.put(at(3000), {}), olga.put(at(3000), {})]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 201]);
    expect((await listPorts(olga, team, 'api')).items).toHaveLength(1);
  });

  test('its owner forwards it and it begins to listen', async () => {
    const agent = await world.join();
    const [answer] = await Promise.all([olga.put(at(3000), { label: 'Web' }), agent.ports(3000)]);
    expect(answer.ok).toBe(true);
    expect(agent.closedWith).toBeNull();
    expect((await listPorts(olga, team, 'api')).items).toMatchObject([
      { port: 3000, label: 'Web', origin: 'manual', status: 'listening' },
    ]);
  });

  test('it begins to listen and the replica is removed', async () => {
    const agent = await world.join();
    const [removed] = await Promise.all([
      olga.delete(`${team}/replicas/${agent.replica.id}`),
      agent.ports(3000),
    ]);
    expect(removed.status).toBe(204);
    expect(await world.db.selectFrom('replica_port').selectAll().execute()).toEqual([]);
    expect(await world.ports()).toEqual({});
    expect(world.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('the workspace is deleted and its port forwarded', async () => {
    await forwardPort(olga, team, 'api', 3000);
    const [deleted, forwarded] = await Promise.all([
      olga.delete(`${team}/workspaces/api`),
      olga.put(at(3001), {}),
    ]);
    expect(deleted.status).toBe(204);
    expect([201, 404]).toContain(forwarded.status);
    expect(await world.db.selectFrom('port').selectAll().execute()).toEqual([]);
  });
});
