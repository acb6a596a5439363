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
import { writeRun } from './pipelineRuns.ts';
import { readAnyPreview } from './previewRows.ts';
import { comesTooLate, laterOf, sequenceOf } from './marks.ts';
import { meantPreview } from './meantPreview.ts';
import { recordRefusals } from './recordRefusals.ts';

const downRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/previews/down',
  tags: ['Previews'],
  summary: 'Take a preview down',
  description:
    'Deletes its workspace; the replicas take down their tunnels and end. Leaves a mark, also where there was none: a run that began before can’t bring it back. Asking again is harmless. A pipeline takes down what its rule’s pipelines made, or another rule’s that lets it in too (409 `preview_of_other_rule` where there is only one that doesn’t); at GitHub an older run than the one that brought it up changes nothing. People find those of pipelines, too (409 `preview_ambiguous` where several are of the same, with their ids).',
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
    return c.json(await readAnyPreview(db, team.id, down.previewId), 200);
  });
}

async function takeDown(
  trx: Kysely<Database>,
  { clock }: Pick<Deps, 'clock'>,
  { teamId, viewer, actor, body }: Asked,
) {
  const now = new Date(clock.now()).toISOString();
  const { row, isNew } = await meantPreview(trx, { teamId, viewer, actor, ...body, now });
  const run = {
    action: 'down',
    result: 'succeeded',
    code: null,
    preview_id: row.id,
    vpn_id: row.vpn_id,
    change: row.change,
    teamId,
    viewer,
    repository: row.repository_name,
    now,
  } as const;
  const workspace = await trx
    .selectFrom('workspace')
    .select(['id', 'team_id', 'name', 'owner_id'])
    .where('id', '=', row.workspace_id ?? '')
    .executeTakeFirst();
  // Whoever can’t take it down can’t leave a mark that keeps others from bringing it up either.
  allow(may.manageWorkspace(actor, { ownerId: workspace?.owner_id ?? row.created_by ?? '' }));
  if (comesTooLate(viewer, row)) {
    await writeRun(trx, { ...run, message: 'It stays: a newer run had brought it up.' });
    return { previewId: row.id, wasThere: true };
  }
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
      removed_sequence: laterOf(row.removed_sequence, sequenceOf(viewer)),
    })
    .where('id', '=', row.id)
    .execute();
  await writeRun(trx, { ...run, message: workspace ? '' : 'There was none.' });
  return { previewId: row.id, removed, wasThere: !isNew };
}
