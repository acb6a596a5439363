import { DAY, HOUR } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import type { World } from '../world/world.ts';
import { listenOn, machinesOf, storefrontPorts } from './ports.ts';

/** Ports of four owners, shared with the team and with everybody; one share ended when its workspace restarted. */
export async function makePorts(world: World, team: FoundedTeam): Promise<void> {
  const { clock, fleet } = world;
  await storefrontPorts(world, team, 4);
  await clock.ago(30 * DAY, async () => {
    await listenOn(world, machinesOf('billing-api', 3), { 22: 'sshd', 3000: 'node', 8080: 'java' });
    await listenOn(world, machinesOf('search', 2), { 22: 'sshd', 8983: 'java' });
    await listenOn(world, machinesOf('load-test', 2), { 8089: 'locust' });
    await listenOn(world, machinesOf('checkout', 3), { 22: 'sshd', 3000: 'node' });
    const mei = await team.as('mei');
    await mei.changePort('billing-api', 3000, { label: 'Web', visibility: 'organization' });
  });
  await clock.ago(29 * DAY, async () => {
    const mei = await team.as('mei');
    await mei.changePort('search', 8983, { label: 'Solr', visibility: 'organization' });
  });
  await clock.ago(7 * DAY, async () => {
    await listenOn(world, ['preview-412-1'], { 3000: 'node' });
    const jonas = await team.as('jonas');
    await jonas.changePort('preview-412', 3000, { label: 'Preview', visibility: 'public' });
    await jonas.changePort('load-test', 8089, { label: 'Locust', visibility: 'organization' });
    await (await team.as('ada')).changePort('checkout', 3000, { label: 'Web', visibility: 'public' });
  });
  await clock.ago(5 * DAY, async () => {
    fleet.disconnect('preview-412-1');
    await world.settled();
  });
  await clock.ago(2 * DAY + 4 * HOUR, async () => {
    await fleet.restart('checkout-1');
    await world.settled();
    await (await team.as('mei')).changePort('billing-api', 8080, { visibility: 'public' });
  });
}
