import { DAY } from '../world/clock.ts';
import { type FoundedTeam, foundTeam } from '../world/foundTeam.ts';
import type { World } from '../world/world.ts';

/** A team of four that has been there for a while. */
export async function establishedTeam(world: World): Promise<FoundedTeam> {
  const team = await world.clock.ago(62 * DAY, () => foundTeam(world));
  await world.clock.ago(61 * DAY, () => team.welcome('tomas'));
  await world.clock.ago(47 * DAY, () => team.welcome('mei'));
  await world.clock.ago(33 * DAY, () => team.welcome('jonas'));
  return team;
}
