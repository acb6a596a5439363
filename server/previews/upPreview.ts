import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '../../contract/permissions.ts';
import { PreviewIsUp, PreviewUp } from '../../contract/previews.ts';
import { shown } from '../../contract/shownText.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { joinCommand } from '../agents/install.ts';
import type { Database, PreviewTable } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { issueToken } from '../session/tokens.ts';
import type { Viewer } from '../session/viewer.ts';
import { announceVpnChange } from '../vpns/announceVpnChange.ts';
import { chooseVpn } from './chooseVpn.ts';
import { claimPreview } from './claimPreview.ts';
import { dismissReplicas } from './dismissReplicas.ts';
import { removeEphemeralReplicas } from './ephemeralReplicas.ts';
import { laterOf, sequenceOf, staysDown } from './marks.ts';
import { writeRun } from './pipelineRuns.ts';
import { readPreview } from './previewRows.ts';
import { provideWorkspace } from './previewWorkspace.ts';
import { recordRefusals } from './recordRefusals.ts';
import { requireTrustedVpn } from './trustedVpn.ts';
import { ownerOfPreviews } from './whose.ts';

/** How long a job may take until it has joined. What it deployed elsewhere may join as long as the preview is there. */
const EPHEMERAL_JOIN_MS = 60 * 60_000;

const upRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/previews',
  tags: ['Previews'],
  summary: 'Make the preview of a change, or find it',
  description:
    'A workspace for this repository and change, connected to the VPN. Asking again is harmless: it finds the preview, moves its expiry and gives another join token. With another VPN than before, the earlier join tokens are revoked and their replicas removed. A run that began before the preview was taken down is refused (409 `preview_taken_down`).',
  request: { params: TeamParams, body: jsonBody(PreviewUp) },
  responses: {
    200: json(PreviewIsUp, 'It was there already.'),
    201: json(PreviewIsUp, 'It was made.'),
    ...problems(401, 403, 404, 409, 422),
  },
});

type Asked = { teamId: string; viewer: Viewer; actor: Actor; body: z.output<typeof PreviewUp> };

export function registerPreviewUp(app: App, deps: Deps): void {
  const { db, bus, hub, settings } = deps;

  app.openapi(upRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const asked = { teamId: team.id, viewer, actor, body: c.req.valid('json') };
    const up = await recordRefusals(deps, { action: 'up', teamId: team.id, viewer, ...asked.body }, () =>
      db.transaction().execute((trx) => bringUp(trx, deps, asked)),
    );
    // Before the replicas are told what is wanted now.
    hub.revoked(up.revokedTokenIds);
    hub.removed(up.removedReplicaIds);
    for (const vpnId of up.changedVpnIds) announceVpnChange(deps, team.id, vpnId, [up.workspaceId]);
    const seen = ['workspaces', `workspace:${up.workspaceId}`, 'vpns', `vpn:${up.vpnId}`] as const;
    bus.publish(team.id, ['previews', 'activity', ...seen]);
    const answer = {
      preview: await readPreview(db, team.id, viewer, up.previewId),
      created: up.created,
      run: up.run,
      joinToken: up.joinToken,
      joinCommand: joinCommand(settings.publicUrl, up.joinToken),
    };
    return up.created ? c.json(answer, 201) : c.json(answer, 200);
  });
}

async function bringUp(
  trx: Kysely<Database>,
  { clock, rollouts }: Pick<Deps, 'clock' | 'rollouts'>,
  { teamId, viewer, actor, body }: Asked,
) {
  const nowMs = clock.now();
  const now = new Date(nowMs).toISOString();
  const owner = ownerOfPreviews(viewer, body.repository);
  const vpn = await chooseVpn(trx, teamId, viewer, body.vpn);
  const claim = { teamId, owner, change: body.change, userId: viewer.userId, now };
  const { row } = await claimPreview(trx, claim);
  requireTrustedVpn(viewer, row);
  refuseIfTakenDown(row, viewer, nowMs - body.runningForSeconds * 1000);

  const { workspace, changedVpnIds } = await provideWorkspace(trx, clock, { row, vpn, viewer, actor });
  const created = row.workspace_id === null;
  const dismissed = created || row.vpn_id === vpn.id ? null : await dismissReplicas(trx, workspace, nowMs);
  await trx
    .updateTable('preview')
    .set({
      // Made anew it is theirs who made it last.
      ...(created ? { created_at: now, created_by: viewer.userId } : {}),
      workspace_id: workspace.id,
      vpn_id: vpn.id,
      ttl_seconds: body.ttlSeconds,
      renewed_at: now,
      expires_at: new Date(nowMs + body.ttlSeconds * 1000).toISOString(),
      up_sequence: created ? sequenceOf(viewer) : laterOf(row.up_sequence, sequenceOf(viewer)),
      removed_at: null,
      removed_reason: null,
      removed_sequence: null,
    })
    .where('id', '=', row.id)
    .execute();
  const removed = await removeEphemeralReplicas(
    trx,
    { workspaceId: workspace.id },
    { now: nowMs, serverRunsSince: rollouts.runsSince },
  );
  const { text: joinToken } = await issueToken(trx, clock, {
    kind: 'join',
    teamId,
    workspaceId: workspace.id,
    name: body.ephemeral ? 'Pipeline’s job' : 'Pipeline',
    createdBy: viewer.userId,
    ephemeral: body.ephemeral,
    lifetimeMs: body.ephemeral ? EPHEMERAL_JOIN_MS : null,
  });
  const run = await writeRun(trx, {
    action: 'up',
    result: 'running',
    code: null,
    message: '',
    preview_id: row.id,
    vpn_id: vpn.id,
    change: body.change,
    teamId,
    viewer,
    repository: body.repository,
    now,
  });
  await recordActivity(trx, {
    teamId,
    now: nowMs,
    actor: actorOf(viewer),
    action: created ? 'preview.created' : 'preview.renewed',
    subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
    summary: `${created ? 'Made' : 'Renewed'} the preview ${shown(body.change)} of ${shown(owner.repository.name)}, and made a join token for it.`,
  });
  return {
    previewId: row.id,
    workspaceId: workspace.id,
    vpnId: vpn.id,
    created,
    run,
    joinToken,
    changedVpnIds,
    revokedTokenIds: dismissed?.tokenIds ?? [],
    removedReplicaIds: [...removed.replicaIds, ...(dismissed?.replicaIds ?? [])],
  };
}

/** `begunAt`: when the run says it began. */
function refuseIfTakenDown(
  row: Pick<PreviewTable, 'removed_at' | 'removed_reason' | 'removed_sequence'>,
  { via }: Viewer,
  begunAt: number,
): void {
  const run =
    via.kind === 'pipeline'
      ? {
          provider: via.scope.provider,
          sequence: via.scope.sequence,
          begunAt: Math.min(begunAt, Date.parse(via.issuedAt)),
        }
      : { provider: null, sequence: null, begunAt };
  if (!staysDown(run, row)) return;
  throw conflict(
    'preview_taken_down',
    'This preview was taken down after this run began, so it stays down. A newer run brings it up again.',
  );
}
