import { expect, test } from 'vitest';
import { FakeAgent, tunnelReport } from '../../server/agents/fakeAgent.ts';
import { connect, createJoinToken, createVpn, createWorkspace } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

async function replica() {
  const world = await createTestTeam();
  const { anna, team, server } = world;
  const vpn = await createVpn(anna.client, team.path);
  const workspace = await createWorkspace(anna.client, team.path, 'backend');
  await connect(anna.client, team.path, vpn.id, workspace.id);
  const { token } = await createJoinToken(anna.client, team.path, workspace.id);
  const agent = await new FakeAgent(server.deps.hub).join(token);
  await agent.report([tunnelReport(vpn.id)]);

  /** `culvert vpn verify`, while the replica answers as said. */
  const verify = async (target: string, code: string | null) =>
    await world.culvert(['vpn', 'verify', 'Company data center', target], {
      wait: async () => {
        await agent.say({
          type: 'verified',
          id: agent.last('verify').id,
          state: code === null ? 'succeeded' : 'failed',
          code,
          message: code === null ? 'Answered in 12 ms.' : 'Nothing answered.',
          roundTripMs: code === null ? 12 : null,
        });
        await server.deps.hub.settled();
      },
    });
  return { ...world, agent, vpn, verify };
}

test('every replica answers', async () => {
  const { verify, agent } = await replica();
  const { exit, stdout } = await verify('10.250.0.5:5432', null);
  expect(stdout).toBe('REPLICA    ANSWER\nbackend-1  Answered in 12 ms.\n');
  expect(exit).toBe(0);
  expect(agent.last('verify')).toMatchObject({ address: '10.250.0.5', port: 5432 });
});

test('a replica without an answer makes it end with 7', async () => {
  const { verify } = await replica();
  expect(await verify('10.250.0.5', 'timeout')).toMatchObject({
    exit: 7,
    stdout: 'REPLICA    ANSWER\nbackend-1  Nothing answered.\n',
  });
});

test('an address outside of the peer subnets is refused', async () => {
  const { verify } = await replica();
  const { exit, stderr } = await verify('10.1.1.1', null);
  expect(stderr).toContain('address: 10.1.1.1 is outside the peer subnets (10.250.0.0/24)');
  expect(exit).toBe(1);
});

test('a tunnel that failed is shown with its diagnosis', async () => {
  const { culvert, agent, vpn } = await replica();
  const diagnosis = { code: 'psk_differs_v1', parts: {}, log: ['sending retransmit 1'] };
  await agent.report([tunnelReport(vpn.id, { state: 'failed', attempt: 2, diagnosis })]);
  const { stdout } = await culvert(['vpn', 'show', 'Company data center']);
  expect(stdout).toMatch(/\nREPLICA +TUNNEL +VIRTUAL IP +SINCE \(UTC\)\nbackend-1 +failed: /);
  expect(stdout).toMatch(
    /\nbackend-1 to Company data center: .+\nHere: .+\nOn the gateway: .+\n  \| sending retransmit 1\n$/,
  );
});
