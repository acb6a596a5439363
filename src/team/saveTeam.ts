import type { Team, TeamChange } from '../../contract/team.ts';
import { api, apiPath } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';

const isTeam = (value: unknown): value is Team =>
  typeof value === 'object' && value !== null && 'name' in value && 'revision' in value;

/** The team as somebody else has saved it since an edit began, when that is why the edit was refused. */
export const savedMeanwhile = (error: unknown): Team | undefined =>
  error instanceof ApiProblem && error.status === 412 && isTeam(error.current) ? error.current : undefined;

const patch = (from: Team, change: TeamChange) =>
  api.patch<Team>(apiPath`/teams/${from.id}`, change, { ifMatch: from.revision });

/**
 * Saves a change that began from `from`. What somebody else saved meanwhile is in its way only where it `concerns` the same
 * part of the team: then it rejects with a 412 that holds theirs.
 */
export async function saveTeam(
  from: Team,
  change: TeamChange,
  concerns: (theirs: Team) => boolean,
): Promise<Team> {
  try {
    return await patch(from, change);
  } catch (error) {
    const theirs = savedMeanwhile(error);
    if (theirs === undefined || concerns(theirs)) throw error;
    return await patch(theirs, change);
  }
}
