import { DAY, HOUR } from '../world/clock.ts';
import { storefrontPorts } from './ports.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { berlinOffice, companyDataCenter, modernVpn } from './vpns.ts';
import { addWorkspace } from './workspaces.ts';

const osloLab = modernVpn({
  name: 'Oslo lab',
  peerIp: '203.0.113.40',
  peerSubnets: ['10.60.0.0/16', 'fd00:60::/48'],
});

/** Every tunnel is up, the VPN guide’s own VPN’s among them; one workspace has every kind of port. */
export const healthy: Scenario = async (world) => {
  const { clock, fleet } = world;
  const team = await establishedTeam(world);
  await clock.ago(20 * DAY, async () => {
    await addWorkspace(world, team, 'storefront', { replicas: 3 });
    await addWorkspace(world, team, 'checkout', { replicas: 2 });
    await addWorkspace(world, team, 'reports', { replicas: 1, owner: 'mei' });
    const ada = await team.as('ada');
    for (const vpn of [companyDataCenter, berlinOffice, osloLab]) {
      fleet.script(vpn.name, '*', { kind: 'up', bytesIn: 48_300_000, bytesOut: 5_120_000 });
      await ada.createVpn(vpn);
    }
  });
  await storefrontPorts(world, team, 3);
  await clock.ago(6 * HOUR, async () => {
    const ada = await team.as('ada');
    await ada.connect('Company data center', 'storefront');
    await ada.connect('Company data center', 'checkout');
    await ada.connect('Berlin office', 'checkout');
    await ada.connect('Oslo lab', 'reports');
    await world.settled();
  });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};
