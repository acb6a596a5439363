import type { Processes } from '../agents/scriptedPorts.ts';
import { DAY, HOUR } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import type { World } from '../world/world.ts';

/** What listens in each of these machines from now on: the process by port. */
export async function listenOn(
  world: World,
  hostnames: readonly string[],
  processes: Processes,
): Promise<void> {
  for (const hostname of hostnames) world.fleet.listen(hostname, processes);
  await world.settled();
}

/** `<workspace>-1` and so on. */
export const machinesOf = (workspace: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${workspace}-${index + 1}`);

/**
 * Every kind of port in Ada’s storefront: found, declared, added by hand and not listening, offered, ignored; at every
 * visibility.
 */
export async function storefrontPorts(world: World, team: FoundedTeam, replicas: number): Promise<void> {
  const { clock, fleet } = world;
  const machines = machinesOf('storefront', replicas);
  await clock.ago(20 * DAY, async () => {
    for (const machine of machines) {
      fleet.declare(machine, {
        ports: [{ port: 5173, forward: true, label: 'Vite', protocol: null, onAutoForward: null }],
      });
    }
    await listenOn(world, machines, { 22: 'sshd', 3000: 'node', 5173: 'node', 8080: 'java' });
    await listenOn(world, machines.slice(0, 1), { 5432: 'postgres', 9229: 'node' });
    const ada = await team.as('ada');
    await ada.forwardPort('storefront', 8443, { label: 'Admin', protocol: 'https' });
  });
  await clock.ago(9 * DAY, async () => {
    await (await team.as('ada')).changePort('storefront', 5173, { visibility: 'organization' });
  });
  await clock.ago(5 * HOUR, async () => {
    await (await team.as('ada')).changePort('storefront', 8080, { label: 'API', visibility: 'public' });
  });
}
