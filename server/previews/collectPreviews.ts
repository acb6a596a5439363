import { shown } from '../../contract/shownText.ts';
import { bySystem } from '../activity/actor.ts';
import type { Deps } from '../deps.ts';
import { announceWorkspaceChange, connectedVpnIds } from '../workspaces/announceWorkspaceChange.ts';
import { announceRemoval, removeWorkspace } from '../workspaces/removeWorkspace.ts';
import { removeEphemeralReplicas } from './ephemeralReplicas.ts';
import { giveUpSilentRuns } from './silentRuns.ts';

/** Milliseconds between two looks: how much longer than it should something may stay. */
const EVERY_MS = 30_000;
/** How long marks and runs are kept, for whoever looks into what happened. */
const KEEP_MS = 30 * 86_400_000;

export type CollectorDeps = Pick<Deps, 'db' | 'clock' | 'bus' | 'hub' | 'rollouts' | 'log'>;

/**
 * Removes previews whose time is up, replicas that were jobs and have gone, and what is kept of both for long enough; now and
 * twice a minute. Returns the function that stops it.
 */
export function keepPreviewsCollected(deps: CollectorDeps): () => void {
  let cancel = () => {};
  const again = () => {
    cancel = deps.clock.after(EVERY_MS, again);
    collectPreviews(deps).catch((error: unknown) =>
      deps.log.error({ error: String(error) }, 'could not collect previews'),
    );
  };
  again();
  return () => cancel();
}

/** One look at all of it. */
export async function collectPreviews(deps: CollectorDeps): Promise<void> {
  await removeExpired(deps);
  await removeGoneJobs(deps);
  const teams = await giveUpSilentRuns(deps.db, deps.clock.now());
  for (const teamId of new Set(teams)) deps.bus.publish(teamId, ['previews']);
  await forgetOld(deps);
}

async function removeExpired(deps: CollectorDeps): Promise<void> {
  const { db, clock } = deps;
  const expired = await db
    .selectFrom('preview')
    .select('id')
    .where('workspace_id', 'is not', null)
    .where('expires_at', '<=', new Date(clock.now()).toISOString())
    .execute();
  // Each by itself, so that none of the transactions is long.
  for (const { id } of expired) {
    const removed = await db.transaction().execute(async (trx) => {
      const workspace = await trx
        .selectFrom('preview')
        .innerJoin('workspace', 'workspace.id', 'preview.workspace_id')
        .select(['workspace.id', 'workspace.team_id', 'workspace.name'])
        .select(['preview.change', 'preview.repository_name'])
        .where('preview.id', '=', id)
        // Somebody may have asked for it meanwhile.
        .where('preview.expires_at', '<=', new Date(clock.now()).toISOString())
        .executeTakeFirst();
      if (!workspace) return null;
      const done = await removeWorkspace(trx, clock, workspace, {
        actor: bySystem,
        reason: 'expired',
        summary: `The time of the preview ${shown(workspace.change)} of ${shown(workspace.repository_name)} was up: deleted its workspace ${workspace.name}.`,
      });
      return { ...done, teamId: workspace.team_id };
    });
    if (removed) announceRemoval(deps, removed.teamId, removed);
  }
}

async function removeGoneJobs({ db, clock, bus, hub, rollouts }: CollectorDeps): Promise<void> {
  const moment = { now: clock.now(), serverRunsSince: rollouts.runsSince };
  const { replicaIds, workspaces } = await db
    .transaction()
    .execute((trx) => removeEphemeralReplicas(trx, 'all', moment));
  hub.removed(replicaIds);
  for (const { id, teamId } of workspaces) {
    announceWorkspaceChange(bus, teamId, id, await connectedVpnIds(db, id));
    bus.publish(teamId, ['previews']);
  }
}

async function forgetOld({ db, clock }: CollectorDeps): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  const before = new Date(clock.now() - KEEP_MS).toISOString();
  // Tokens that no job came with, so that the list of those that are good doesn’t grow.
  await db
    .updateTable('token')
    .set({ revoked_at: now })
    .where('kind', '=', 'join')
    .where('ephemeral', '=', 1)
    .where('revoked_at', 'is', null)
    .where('expires_at', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('replica').select('replica.id').whereRef('replica.token_id', '=', 'token.id'))),
    )
    .execute();
  await db.deleteFrom('pipeline_run').where('at', '<', before).execute();
  await db.deleteFrom('preview').where('workspace_id', 'is', null).where('removed_at', '<', before).execute();
}
