import { killAgent, startAgent } from '../lab/agentOfReplica.ts';
import { connectVpn, removeVpns } from '../lab/companyVpns.ts';
import { expect, test } from './fixtures.ts';
import {
  bothWorkspaces,
  change,
  expectHardlyLost,
  expectOnlyTheFirstToNotice,
  ikev2Vpn,
  pingsWhile,
  runIkev2Gateway,
  stateOf,
  untilAllUp,
  untilRollout,
} from './rolloutSteps.ts';

/** Nobody answers there, so that a replica tries until its time is up. */
const unanswered = { address: '10.250.0.99', port: null };
const shorter = { esp: { ...ikev2Vpn.esp, lifetimeSeconds: 3600 } };

test.beforeEach(async ({ company }) => {
  await runIkev2Gateway(company);
});

test.afterEach(async ({ company }) => {
  await removeVpns(company);
});

test('a server that is killed while a change is under way goes on with it when it is there again', async ({
  company,
}) => {
  const vpn = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  await untilAllUp(company, vpn.id, 3);
  const lost = await pingsWhile(company, async () => {
    await change(company, vpn.id, shorter, { check: { address: '10.250.0.5', port: null } });
    await untilRollout(company, vpn.id, (seen) => stateOf(seen, 'billing-api-1') === 'changed');
    await company.server.kill();
    await company.server.start();
    await untilRollout(company, vpn.id, ({ state }) => state === 'completed', 60_000);
  });
  expectHardlyLost(lost);
  await untilAllUp(company, vpn.id, 3);
});

test('a replica goes back while the server is away, and the server learns of it when it is there again', async ({
  company,
}) => {
  const vpn = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  await untilAllUp(company, vpn.id, 3);
  await expectOnlyTheFirstToNotice(company, async () => {
    await change(company, vpn.id, shorter, { check: unanswered, limitSeconds: 15 });
    await untilRollout(company, vpn.id, (seen) => stateOf(seen, 'billing-api-1') === 'trying');
    await company.server.kill();
    await company.server.start();
    const { replicas } = await untilRollout(company, vpn.id, ({ state }) => state === 'failed', 60_000);
    expect(replicas[0]?.reason).toContain('10.250.0.99 didn’t answer');
  });
  await untilAllUp(company, vpn.id, 3);
});

test('an agent that is killed while it tries goes on where it was when it is started again', async ({
  company,
}) => {
  const vpn = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  await untilAllUp(company, vpn.id, 3);
  await expectOnlyTheFirstToNotice(company, async () => {
    await change(company, vpn.id, shorter, { check: unanswered, limitSeconds: 20 });
    await untilRollout(company, vpn.id, (seen) => stateOf(seen, 'billing-api-1') === 'trying');
    killAgent(company, 1);
    await untilRollout(company, vpn.id, ({ waitingFor }) => waitingFor?.includes('is offline') === true);
    await startAgent(company, 1);
    await untilRollout(company, vpn.id, ({ state }) => state === 'failed', 60_000);
  });
  await untilAllUp(company, vpn.id, 3);
});
