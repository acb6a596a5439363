import type { Deps } from '../deps.ts';
import { ProblemError } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';
import { lookUpVpn } from '../db/lookup.ts';
import { GuardedRefusal } from './guardedRefusal.ts';
import { writeRefusal } from './pipelineRuns.ts';

type Attempt = {
  action: 'up' | 'down';
  teamId: string;
  viewer: Viewer;
  change: string | null;
  repository: string | null;
  /** As it was named. */
  vpn?: string;
};

/** Does `work`, and writes down with the last runs why it was refused, where it is. */
export async function recordRefusals<T>(
  { db, clock, bus }: Pick<Deps, 'db' | 'clock' | 'bus'>,
  { action, teamId, viewer, change, repository, vpn }: Attempt,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) {
      const { code, title, errors } = error.problem;
      const said = { code, message: errors?.[0]?.message ?? title };
      const known = vpn === undefined ? undefined : await lookUpVpn(db, teamId, vpn);
      await writeRefusal(db, {
        action,
        ...(error instanceof GuardedRefusal ? error.toTeam : said),
        preview_id: null,
        vpn_id: known?.id ?? null,
        change,
        teamId,
        viewer,
        repository,
        now: new Date(clock.now()).toISOString(),
      });
      bus.publish(teamId, ['previews']);
    }
    throw error;
  }
}
