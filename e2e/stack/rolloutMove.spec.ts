import type { Rollout } from '../../contract/rollouts.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { labKey, type Company } from '../lab/company.ts';
import { connectVpn, removeVpns } from '../lab/companyVpns.ts';
import { firstAnswer, timedPing } from '../lab/timedPing.ts';
import { expect, test } from './fixtures.ts';
import {
  bothWorkspaces,
  ikev2Vpn,
  runIkev2Gateway,
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

async function move({ api, team }: Company, from: Vpn, to: Vpn, limitSeconds = 30): Promise<Rollout> {
  const { items } = await api.get<{ items: { workspace: { id: string } }[] }>(
    `${team}/vpns/${from.id}/workspaces`,
  );
  const workspaces = items.map(({ workspace }) => workspace.id);
  return await api.post<Rollout>(`${team}/vpns/${from.id}/moves`, { to: to.id, workspaces, limitSeconds });
}

test('between VPNs whose subnets are apart the old tunnel answers until the new one does', async ({
  company,
}) => {
  const from = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  const to = await connectVpn(company, { ...ikev2Vpn, name: 'Next', peerSubnets: ['10.251.0.0/24'] }, []);
  await untilAllUp(company, from.id, 3);
  const watched = [1, 2, 3].map((n) => ({
    old: timedPing(company.lab.replica(n), '10.250.0.5'),
    next: firstAnswer(company.lab.replica(n), '10.251.0.5', '10.251.0.0/24'),
  }));
  expect(await move(company, from, to)).toMatchObject({ makeBeforeBreak: true });
  await untilRollout(company, from.id, ({ state }) => state === 'completed');
  await untilAllUp(company, to.id, 3);
  for (const { old, next } of watched) {
    const { lost, last } = await old.stop();
    expect(lost, 'none was lost between the first and the last answer').toBe(0);
    expect(last, 'the old one answered until the new one did').toBeGreaterThan((await next) - 200);
  }
  expect(await tunnelsOf(company, from.id)).toEqual([]);
});

test('between VPNs with the same subnets the new tunnel takes the place of the old one', async ({
  company,
}) => {
  const { api, team } = company;
  const from = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  const to = await api.post<Vpn>(`${team}/vpns/${from.id}/duplicate`, { name: 'Next' });
  await untilAllUp(company, from.id, 3);
  expect(await move(company, from, to)).toMatchObject({ makeBeforeBreak: false });
  await untilRollout(company, from.id, ({ state }) => state === 'completed');
  await untilAllUp(company, to.id, 3);
  expect(await tunnelsOf(company, from.id)).toEqual([]);
  const { stdout } = await company.lab.replica(3).exec(['ping', '-c', '1', '-W', '2', '10.250.0.5']);
  expect(stdout).toContain('1 received');
});

test('the old tunnel comes back where the new one doesn’t come up', async ({ company }) => {
  const from = await connectVpn(company, ikev2Vpn, bothWorkspaces);
  const wrong = { ...ikev2Vpn, name: 'Next', preSharedKey: `${labKey}-but-wrong` };
  const to = await connectVpn(company, wrong, []);
  await untilAllUp(company, from.id, 3);
  await move(company, from, to);
  const { replicas } = await untilRollout(company, from.id, ({ state }) => state === 'failed');
  expect(replicas.map(({ state }) => state)).toEqual(['went-back', 'waiting', 'waiting']);
  expect(replicas[0]?.diagnosis).not.toBeNull();
  await untilAllUp(company, from.id, 3);
  expect(await tunnelsOf(company, to.id)).toEqual([]);
});
