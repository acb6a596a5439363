import { ikeVersionOf, outcomeOf } from '../agents/diagnosisReport.ts';
import { DAY, HOUR, MINUTE } from '../world/clock.ts';
import type { World } from '../world/world.ts';
import type { Beginning, Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { berlinOffice, companyDataCenter } from './vpns.ts';
import { addWorkspace, unprivileged } from './workspaces.ts';

/** A VPN on two replicas, on one of which it doesn't go as it should; the guide's own, where that can happen with it. */
async function oneOfTwo(
  world: World,
  ikeVersion: 1 | 2,
  trouble: (vpnName: string) => Promise<void>,
): Promise<Beginning> {
  const { clock, fleet } = world;
  const vpn = ikeVersion === 1 ? companyDataCenter : berlinOffice;
  const team = await establishedTeam(world);
  await clock.ago(DAY, async () => {
    await (await team.as('ada')).createVpn(vpn);
    await addWorkspace(world, team, 'billing-api', { replicas: 2 });
  });
  fleet.script(vpn.name, '*', { kind: 'up', bytesIn: 1_200_000, bytesOut: 318_000 });
  await clock.ago(3 * HOUR, async () => {
    await (await team.as('ada')).connect(vpn.name, 'billing-api');
    await world.settled();
  });
  await clock.ago(12 * MINUTE, async () => {
    await trouble(vpn.name);
    await world.settled();
  });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
}

/** One replica's tunnel has this diagnosis. */
export const diagnosed =
  (code: string): Scenario =>
  (world) =>
    oneOfTwo(world, ikeVersionOf(code), async (vpn) => {
      world.fleet.put(vpn, 'billing-api-2', outcomeOf(code));
    });

/** One replica is away. */
export const offline: Scenario = (world) =>
  oneOfTwo(world, 1, async () => {
    world.fleet.disconnect('billing-api-2');
  });

/** One machine can't do IPsec. */
export const unsupported: Scenario = async (world) => {
  const { clock } = world;
  const team = await establishedTeam(world);
  await clock.ago(HOUR, async () => {
    const ada = await team.as('ada');
    await ada.createVpn(companyDataCenter);
    await addWorkspace(world, team, 'billing-api', { replicas: 1 });
    await addWorkspace(world, team, 'this-machine', { replicas: 1, ipsec: unprivileged });
    await ada.connect(companyDataCenter.name, 'billing-api');
    await ada.connect(companyDataCenter.name, 'this-machine');
    await world.settled();
  });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};
