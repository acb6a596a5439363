import type { PortPolicy } from '../../contract/visibility.ts';
import { DAY, HOUR, MINUTE } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import type { World } from '../world/world.ts';
import { mixed } from './mixed.ts';
import { listenOn } from './ports.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { addWorkspace } from './workspaces.ts';

const processes = { 3000: 'node', 4000: 'python3', 5173: 'node', 8080: 'java', 9000: 'php' };

/** One workspace of Ada’s, and a share of it for each way in which one ends. */
async function endedShares(world: World, afterwards: PortPolicy): Promise<FoundedTeam> {
  const { clock, fleet } = world;
  const team = await establishedTeam(world);
  await clock.ago(3 * DAY, async () => {
    await addWorkspace(world, team, 'billing-api');
    await listenOn(world, ['billing-api-1'], processes);
    const ada = await team.as('ada');
    await ada.changePort('billing-api', 3000, { label: 'Web', visibility: 'public' });
  });
  await clock.ago(4 * HOUR, async () => {
    await fleet.restart('billing-api-1');
    await world.settled();
  });
  await clock.ago(3 * HOUR, async () => {
    const ada = await team.as('ada');
    await ada.changePort('billing-api', 8080, { visibility: 'public' });
    await ada.changePort('billing-api', 8080, { protocol: 'https' });
    await ada.changePort('billing-api', 5173, { label: 'Vite', visibility: 'organization' });
    await ada.stopPort('billing-api', 5173);
    await ada.forwardPort('billing-api', 5173);
  });
  await clock.ago(20 * MINUTE, async () => {
    await (await team.as('ada')).changePort('billing-api', 9000, { visibility: 'public' });
    const tomas = await team.as('tomas');
    await tomas.changePolicy({ organization: true, public: false });
    await tomas.changePolicy(afterwards);
  });
  return team;
}

/** Ports that are private again: after a restart, as https, added again, and by the policy, which allows them by now. */
export const endedPorts: Scenario = async (world) => {
  const team = await endedShares(world, { organization: true, public: true });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

/** The same under a policy that forbids public ports. */
export const forbiddenPorts: Scenario = async (world) => {
  const team = await endedShares(world, { organization: true, public: false });
  await world.clock.ago(10 * MINUTE, async () => {
    await (await team.as('ada')).changePort('billing-api', 4000, { visibility: 'organization' });
  });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

/** Sixty ports in one replica. */
export const manyPorts: Scenario = async (world) => {
  const team = await establishedTeam(world);
  await world.clock.ago(DAY, async () => {
    await addWorkspace(world, team, 'billing-api');
    const numbers = Array.from({ length: 60 }, (_, index) => 8100 + index);
    await listenOn(world, ['billing-api-1'], Object.fromEntries(numbers.map((port) => [port, 'gunicorn'])));
  });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

/** The mixed team on a server that its operator has given no ports domain afterwards. */
export const noPortsDomain: Scenario = async (world) => {
  const beginning = await mixed(world);
  world.deps.settings.portsDomain = null;
  return beginning;
};
