import { expect, test } from 'vitest';
import { FakeAgent, tunnelReport } from '../../server/agents/fakeAgent.ts';
import { createJoinToken, createVpn, createWorkspace } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

async function backend() {
  const world = await createTestTeam();
  const { anna, team, server } = world;
  const vpn = await createVpn(anna.client, team.path);
  const workspace = await createWorkspace(anna.client, team.path, 'backend');
  const { token } = await createJoinToken(anna.client, team.path, workspace.id);
  const join = async () => await new FakeAgent(server.deps.hub).join(token);
  return { ...world, vpn, join };
}

const connect = ['workspace', 'connect', 'backend', 'company data center'];
const diagnosis = { code: 'psk_differs_v1', parts: {}, log: ['received AUTHENTICATION_FAILED notify error'] };

test('workspaces are listed with their VPNs, and connected and disconnected by name', async () => {
  const { culvert } = await backend();
  expect(await culvert(connect)).toMatchObject({
    exit: 0,
    stdout: 'backend is connected. It has no replica yet that could open a tunnel.\n',
  });
  expect((await culvert(['workspace', 'list'])).stdout).toBe(
    'NAME     OWNER  REPLICAS       VPNS                 TUNNELS\n' +
      'backend  Anna   0 of 0 online  Company data center  none\n',
  );
  expect(await culvert(['workspace', 'disconnect', 'backend', 'Company data center'])).toMatchObject({
    exit: 0,
    stdout: 'backend isn’t connected to Company data center any more.\n',
  });
  expect(await culvert(['workspace', 'disconnect', 'backend', 'Company data center'])).toMatchObject({
    exit: 3,
  });
});

test('--wait returns when the tunnels are up', async () => {
  const { culvert, join, vpn } = await backend();
  const agent = await join();
  let waits = 0;
  const { exit, stdout, stderr } = await culvert([...connect, '--wait'], {
    wait: async () => {
      if (waits++ === 0) await agent.report([tunnelReport(vpn.id, { state: 'connecting', attempt: 1 })]);
      else await agent.report([tunnelReport(vpn.id)]);
    },
  });
  expect(stdout).toBe('backend is connected; the tunnels of 1 replica are up.\n');
  expect(stderr).toBe('Waiting for the tunnels…\n0 of 1 tunnels are up…\n');
  expect(exit).toBe(0);
});

test('--wait ends with 7 and the diagnosis where a tunnel fails', async () => {
  const { culvert, join, vpn } = await backend();
  const agent = await join();
  const { exit, stdout, stderr } = await culvert([...connect, '--wait'], {
    wait: async () => agent.report([tunnelReport(vpn.id, { state: 'failed', attempt: 2, diagnosis })]),
  });
  expect(stderr).toContain('  | received AUTHENTICATION_FAILED notify error\n');
  expect(stderr).toMatch(/culvert: The tunnel of backend-1 doesn’t come up\.\n$/);
  expect([exit, stdout]).toEqual([7, '']);
});

test('--wait ends with 6 when the time is over', async () => {
  const { culvert, join } = await backend();
  await join();
  let now = Date.UTC(2026, 10, 21);
  const { exit, stderr } = await culvert([...connect, '--wait', '--timeout', '5s'], {
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
  });
  expect(stderr).toContain('culvert: After 5 s, 0 of 1 tunnels are up.\n');
  expect(exit).toBe(6);
});

test.each(['90', '0m', '1w', '-5s', ''])('%j is no duration', async (text) => {
  const { culvert } = await backend();
  expect(await culvert([...connect, '--wait', '--timeout', text])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('Say how long as 90s, 10m, 2h or 3d.'),
  });
});
