import { expect, test } from 'vitest';
import { createVpn } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

test('lists the team’s VPNs in columns', async () => {
  const { culvert, anna, team } = await createTestTeam();
  await createVpn(anna.client, team.path);
  await createVpn(anna.client, team.path, {
    name: 'Berlin',
    peerIp: '5.6.7.8',
    peerSubnets: ['10.9.0.0/16'],
  });
  const { exit, stdout, stderr } = await culvert(['vpn', 'list']);
  expect(stdout).toBe(
    `NAME                 GATEWAY  SUBNETS        WORKSPACES  TUNNELS
Berlin               5.6.7.8  10.9.0.0/16    0           none
Company data center  1.2.3.4  10.250.0.0/24  0           none
`,
  );
  expect([exit, stderr]).toEqual([0, '']);
});

test('prints what the API answers with --json, and finds by text', async () => {
  const { culvert, anna, team } = await createTestTeam();
  await createVpn(anna.client, team.path);
  await createVpn(anna.client, team.path, { name: 'Berlin' });
  const { json } = await culvert(['vpn', 'list', '--search', 'berl', '--json']);
  expect(json()).toMatchObject({ items: [{ name: 'Berlin', peerIp: '1.2.3.4' }], total: 1 });
});

test('asks somebody who isn’t signed in to sign in', async () => {
  const { culvert } = await createTestTeam();
  const { exit, stderr } = await culvert(['vpn', 'list'], { env: { CULVERT_TOKEN: '' } });
  expect(stderr).toBe(
    'culvert: You are not signed in to http://localhost:8080.\nSign in: culvert login --server http://localhost:8080\n',
  );
  expect(exit).toBe(4);
});

test('says that a token is no good any more', async () => {
  const { culvert } = await createTestTeam();
  const { exit, stderr } = await culvert(['vpn', 'list'], { env: { CULVERT_TOKEN: 'culv_api_x' } });
  expect(stderr).toBe('culvert: The API token is not valid, or no longer.\nSign in: culvert login\n');
  expect(exit).toBe(4);
});
