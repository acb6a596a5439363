import { beforeEach, describe, expect, test } from 'vitest';
import { body, connect, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';
import { FakeAgent } from './fakeAgent.ts';
import { createAgentHub } from './hub.ts';

let host: TestApp;
let admin: TestClient;
let team: string;
let workspace: { id: string };
let token: string;

beforeEach(async () => {
  host = await createTestApp();
  const created = await host.addTeam();
  team = created.path;
  admin = (await host.member('Ada', created.id, 'admin')).client;
  workspace = await createWorkspace(admin, team, 'api');
  ({ token } = await createJoinToken(admin, team, workspace.id));
});

const newAgent = (name: string) => new FakeAgent(host.deps.hub, name);

describe('what replicas should do', () => {
  test('a replica is told everything when it comes, with a key and an identity of its own', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const one = await newAgent('one').join(token);
    const two = await newAgent('two').join(token);
    const [desired] = one.last('desired').vpns;
    expect(desired).toMatchObject({
      id: vpn.id,
      revision: 1,
      ike: guideVpn.ike,
      preSharedKey: guideVpn.preSharedKey,
      peerIp: '1.2.3.4',
      peerId: '1.2.3.4',
      peerSubnets: ['10.250.0.0/24'],
    });
    expect(desired?.localId).toMatch(/^api-1\.[a-z2-7]{20}\.culvert$/);
    expect(two.last('desired').vpns[0]?.localId).not.toBe(desired?.localId);
  });

  test('a change reaches the replicas it concerns, and no others', async () => {
    const vpn = await createVpn(admin, team);
    const other = await createWorkspace(admin, team, 'web');
    const elsewhere = await newAgent('two').join((await createJoinToken(admin, team, other.id)).token);
    const agent = await newAgent('one').join(token);
    await connect(admin, team, vpn.id, workspace.id);
    await host.deps.hub.settled();
    expect(agent.last('desired').vpns).toMatchObject([{ id: vpn.id, revision: 1 }]);

    await body(await admin.patch(`${team}/vpns/${vpn.id}`, { peerIp: '1.2.3.5' }, { ifMatch: '"1"' }), 200);
    await host.deps.hub.settled();
    expect(agent.last('desired').vpns).toMatchObject([{ revision: 2, peerIp: '1.2.3.5' }]);

    await body(await admin.delete(`${team}/vpns/${vpn.id}/workspaces/${workspace.id}`), 204);
    await host.deps.hub.settled();
    expect(agent.last('desired').vpns).toEqual([]);
    expect(elsewhere.all('desired')).toHaveLength(1);
  });

  test('however many changes come at once, a replica never hears an older state after a newer one', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    const agent = await newAgent('one').join(token);
    for (let revision = 1; revision <= 20; revision += 1) {
      await body(
        await admin.patch(`${team}/vpns/${vpn.id}`, { dpdDelaySeconds: 30 + revision }, { ifMatch: '*' }),
        200,
      );
    }
    await host.deps.hub.settled();
    const revisions = agent.all('desired').map(({ vpns }) => vpns[0]?.revision ?? 0);
    expect(revisions.at(-1)).toBe(21);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
  });

  test('where a key can’t be opened the replica keeps what it has, and the log says which VPN', async () => {
    const vpn = await createVpn(admin, team);
    await connect(admin, team, vpn.id, workspace.id);
    await host.db.updateTable('vpn').set({ psk_sealed: 'damaged' }).execute();
    const agent = await newAgent('one').join(token);
    expect(agent.all('desired')).toEqual([]);
    expect(host.logLines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ vpn: vpn.id }) }),
    );
  });

  test('while the database fails nothing is lost: it is sent when it works again', async () => {
    const vpn = await createVpn(admin, team);
    const agent = await newAgent('one').join(token);
    await connect(admin, team, vpn.id, workspace.id);
    await host.deps.hub.settled();
    const { db } = host;
    let broken = true;
    const failing = new Proxy(db, {
      get(target, name) {
        if (name === 'selectFrom' && broken) throw new Error('The database is away.');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const hub = createAgentHub({ ...host.deps, db: failing });
    broken = false;
    await agent.hangUp();
    const other = new FakeAgent(hub, 'one');
    await other.join(token);
    broken = true;
    hub.desiredChanged([workspace.id]);
    await hub.settled();
    expect(other.all('desired')).toHaveLength(1);
    broken = false;
    host.clock.advance(2_000);
    await hub.settled();
    expect(other.all('desired')).toHaveLength(2);
  });
});
