import { beforeEach, expect, test } from 'vitest';
import { body, connect, createVpn, createWorkspace } from '../fixtures.ts';
import { createTestApp, type TestClient } from '../testing.ts';

let admin: TestClient;
let team: string;
/** Lower and upper half of all IPv4 addresses: each is allowed alone. */
let lower: { id: string };
let upper: { id: string };

beforeEach(async () => {
  const host = await createTestApp();
  const created = await host.addTeam();
  team = created.path;
  admin = (await host.member('Ada', created.id, 'admin')).client;
  lower = await createVpn(admin, team, { name: 'Lower', peerSubnets: ['0.0.0.0/1'] });
  upper = await createVpn(admin, team, { name: 'Upper', peerSubnets: ['128.0.0.0/1'] });
  await createWorkspace(admin, team, 'api');
  await createWorkspace(admin, team, 'web');
  await connect(admin, team, lower.id, 'api');
});

const all =
  'Together with the VPNs it is connected to already, it would lose all other IPv4 traffic. Disconnect one of them first.';

test('VPNs that take all traffic together aren’t connected to one workspace', async () => {
  expect(await body(await admin.put(`${team}/vpns/${upper.id}/workspaces/api`), 409)).toMatchObject({
    code: 'full_tunnel',
    title: `api can’t be connected. ${all}`,
  });
  expect(await body(await admin.get(`${team}/vpns/${upper.id}/candidates`), 200)).toMatchObject({
    items: [{ blocked: { code: 'full_tunnel', message: all } }, { blocked: null }],
  });
  await connect(admin, team, upper.id, 'web');
});

test('no change makes VPNs of one workspace take all traffic together', async () => {
  const small = await createVpn(admin, team, { name: 'Small', peerSubnets: ['203.0.113.0/24'] });
  await connect(admin, team, small.id, 'api');
  await connect(admin, team, upper.id, 'web');
  const refused = await body(
    await admin.patch(`${team}/vpns/${small.id}`, { peerSubnets: ['128.0.0.0/1'] }, { ifMatch: '"1"' }),
    422,
  );
  expect(refused).toMatchObject({ errors: [{ path: 'peerSubnets', code: 'full_tunnel' }] });
  const change = { peerSubnets: ['128.0.0.0/2'] };
  await body(await admin.patch(`${team}/vpns/${small.id}`, change, { ifMatch: '"1"' }), 200);
});

test('only VPNs that share a workspace count together', async () => {
  const other = await createVpn(admin, team, { name: 'Other', peerSubnets: ['fd00::/64'] });
  await connect(admin, team, other.id, 'api');
  await connect(admin, team, other.id, 'web');
  await connect(admin, team, upper.id, 'web');
  const change = { peerSubnets: ['fd00:1::/64'] };
  await body(await admin.patch(`${team}/vpns/${other.id}`, change, { ifMatch: '"1"' }), 200);
});
