import type { PersonName } from '../world/people.ts';
import type { World } from '../world/world.ts';

/** Fills an empty server, through its API, and says where the page starts. */
export type Scenario = (world: World) => Promise<Beginning>;

export type Beginning = {
  /** null: there is no team yet. */
  teamId: string | null;
  signedInAs: PersonName | null;
  /** Where a link leads that the scenario made, such as an invitation's. */
  links: Record<string, string>;
};
