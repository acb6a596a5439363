import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { may, type Actor } from '../../contract/permissions.ts';
import { Preview, PreviewDown } from '../../contract/previews.ts';
import { shown } from '../../contract/shownText.ts';
import { actorOf } from '../activity/actor.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { allow, requireTeam, TeamParams } from '../http/teamAccess.ts';
import type { Viewer } from '../session/viewer.ts';
import { announceRemoval, removeWorkspace } from '../workspaces/removeWorkspace.ts';
import { claimPreview } from './claimPreview.ts';
import { writeRun } from './pipelineRuns.ts';
import { readPreview } from './previewRows.ts';
import { refuseWhereAnotherRules } from './otherRules.ts';
import { recordRefusals } from './recordRefusals.ts';
import { requireTrustedVpn } from './trustedVpn.ts';
import { ownerOfPreviews } from './whose.ts';

const downRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/previews/down',
  tags: ['Previews'],
  summary: 'Take a preview down',
  description:
    'Deletes its workspace; the replicas take down their tunnels and end. Leaves a mark, also where there was none: a run that began before can’t bring it back. Asking again is harmless.',
  request: { params: TeamParams, body: jsonBody(PreviewDown) },
  responses: {
    200: json(
      z.union([Preview, z.object({ preview: z.null() })]),
      'The preview as it is now, or `{"preview": null}` where there was none.',
    ),
    ...problems(401, 403, 404, 409, 422),
  },
});

type Asked = { teamId: string; viewer: Viewer; actor: Actor; body: z.output<typeof PreviewDown> };

export function registerPreviewDown(app: App, deps: Deps): void {
  const { db, bus } = deps;

  app.openapi(downRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const asked = { teamId: team.id, viewer, actor, body: c.req.valid('json') };
    const down = await recordRefusals(deps, { action: 'down', teamId: team.id, viewer, ...asked.body }, () =>
      db.transaction().execute((trx) => takeDown(trx, deps, asked)),
    );
    if (down.removed) announceRemoval(deps, team.id, down.removed);
    bus.publish(team.id, ['previews']);
    if (!down.wasThere) return c.json({ preview: null }, 200);
    return c.json(await readPreview(db, team.id, viewer, down.previewId), 200);
  });
}

async function takeDown(
  trx: Kysely<Database>,
  { clock }: Pick<Deps, 'clock'>,
  { teamId, viewer, actor, body }: Asked,
) {
  const now = new Date(clock.now()).toISOString();
  const owner = ownerOfPreviews(viewer, body.repository);
  const claim = { teamId, owner, change: body.change, userId: viewer.userId, now };
  const { row, isNew } = await claimPreview(trx, claim);
  requireTrustedVpn(viewer, row);
  if (row.workspace_id === null) await refuseWhereAnotherRules(trx, teamId, owner, body.change);
  const workspace = await trx
    .selectFrom('workspace')
    .select(['id', 'team_id', 'name', 'owner_id'])
    .where('id', '=', row.workspace_id ?? '')
    .executeTakeFirst();
  // Whoever can’t take it down can’t leave a mark that keeps others from bringing it up either.
  allow(may.manageWorkspace(actor, { ownerId: workspace?.owner_id ?? row.created_by ?? '' }));
  const removed =
    workspace &&
    (await removeWorkspace(trx, clock, workspace, {
      actor: actorOf(viewer),
      reason: 'down',
      summary: `Took down the preview ${shown(row.change)} of ${shown(row.repository_name)}, and deleted its workspace ${workspace.name}.`,
    }));
  await trx
    .updateTable('preview')
    .set({
      removed_at: now,
      removed_reason: 'down',
      removed_sequence: laterOf(row.removed_sequence, viewer),
    })
    .where('id', '=', row.id)
    .execute();
  await writeRun(trx, {
    action: 'down',
    result: 'succeeded',
    code: null,
    message: workspace ? '' : 'There was none.',
    preview_id: row.id,
    vpn_id: row.vpn_id,
    change: body.change,
    teamId,
    viewer,
    repository: body.repository,
    now,
  });
  return { previewId: row.id, removed, wasThere: !isNew };
}

/** The mark of an older run that comes late doesn’t let in what a newer one has kept out. */
function laterOf(marked: number | null, { via }: Viewer): number | null {
  const own = via.kind === 'pipeline' ? via.scope.sequence : null;
  return own === null ? marked : Math.max(own, marked ?? 0);
}
