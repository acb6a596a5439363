import { connectVpn, removeVpns } from '../lab/companyVpns.ts';
import { labKey } from '../lab/company.ts';
import { expect, test } from './fixtures.ts';
import {
  bothWorkspaces,
  change,
  expectHardlyLost,
  ikev2Vpn,
  pingsWhile,
  runIkev2Gateway,
  stateOf,
  tunnelsOf,
  untilAllUp,
  untilRollout,
} from './rolloutSteps.ts';

test.beforeEach(async ({ company }) => {
  await runIkev2Gateway(company);
});

test.afterEach(async ({ company }) => {
  await removeVpns(company);
});

test('with a wrong pre-shared key two of three replicas never notice, and the third is back within the limit', async ({
  page,
  open,
  company,
}) => {
  const vpn = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  await untilAllUp(company, vpn.id, 3);
  await open(`/vpns/${vpn.id}/overview`);
  const begun = Date.now();
  const lost = await pingsWhile(company, async () => {
    await change(company, vpn.id, { preSharedKey: `${labKey}-but-wrong` }, { limitSeconds: 20 });
    await untilRollout(company, vpn.id, ({ state }) => state === 'failed');
  });
  expect(Date.now() - begun).toBeLessThan(30_000);
  const [first, second, third] = lost;
  expect([second.lost, third.lost], 'replicas that were never touched').toEqual([0, 0]);
  expect(first.lost, 'its old tunnel stayed until the new one would have been up').toBe(0);

  const rollout = await untilRollout(company, vpn.id, ({ state }) => state === 'failed');
  expect(rollout.replicas.map(({ state }) => state)).toEqual(['went-back', 'waiting', 'waiting']);
  const [tried] = rollout.replicas;
  await expect(page.getByText(tried?.diagnosis?.title ?? 'no diagnosis').first()).toBeVisible();
  await expect(page.getByText('failed and was undone')).toBeVisible();
  await untilAllUp(company, vpn.id, 3);
  expect((await tunnelsOf(company, vpn.id)).map(({ appliedRevision }) => appliedRevision)).toEqual([3, 3, 3]);
});

test('a change that works reaches one replica after the other, each without an interruption that anybody would notice', async ({
  company,
}) => {
  const vpn = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  await untilAllUp(company, vpn.id, 3);
  const lost = await pingsWhile(company, async () => {
    const check = { address: '10.250.0.5', port: null };
    await change(company, vpn.id, { esp: { ...ikev2Vpn.esp, lifetimeSeconds: 3600 } }, { check });
    await untilRollout(company, vpn.id, ({ state }) => state === 'completed');
  });
  expectHardlyLost(lost);
  await untilAllUp(company, vpn.id, 3);
});

test('a change can be paused, resumed and taken back', async ({ company }) => {
  const vpn = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  await untilAllUp(company, vpn.id, 3);
  const control = (verb: string) => company.api.post(`${company.team}/vpns/${vpn.id}/rollout/${verb}`, {});
  await change(company, vpn.id, { esp: { ...ikev2Vpn.esp, lifetimeSeconds: 3600 } });
  await control('pause');
  const paused = await untilRollout(company, vpn.id, (seen) => stateOf(seen, 'billing-api-1') === 'changed');
  expect([paused.state, stateOf(paused, 'billing-api-2')]).toEqual(['paused', 'waiting']);
  await control('resume');
  await untilRollout(company, vpn.id, (seen) => stateOf(seen, 'billing-api-2') === 'changed');
  await control('rollback');
  await untilRollout(company, vpn.id, ({ state }) => state === 'rolled-back');
  await untilAllUp(company, vpn.id, 3);
  const { esp } = await company.api.get<typeof vpn>(`${company.team}/vpns/${vpn.id}`);
  expect(esp.lifetimeSeconds).toBe(28_800);
});
