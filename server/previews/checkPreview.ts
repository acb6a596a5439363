import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { PreviewCheck, PreviewChecked } from '../../contract/previews.ts';
import { parseVerifyAddress } from '../../contract/verifyAddress.ts';
import { readTexts } from '../db/json.ts';
import { findVpn } from '../db/lookup.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { conflict, refused } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { allow, requireTeam } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { PreviewParams } from './previewParams.ts';
import { findPreview } from './previewRows.ts';

/** Milliseconds that a replica has for its ping or connect. */
const PROBE_MS = 10_000;

const checkRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/previews/{preview}/checks',
  tags: ['Previews'],
  summary: 'Check that an address answers through a preview’s tunnels',
  description:
    'A ping, or with `port` a TCP connect, from each of its replicas that is online. Answers when all have, after 12 seconds at most. Without a replica nothing has answered.',
  request: { params: PreviewParams, body: jsonBody(PreviewCheck) },
  responses: { 200: json(PreviewChecked, 'What each found.'), ...problems(401, 403, 404, 409, 422) },
});

export function registerPreviewChecks(app: App, { db, hub }: Deps): void {
  app.openapi(checkRoute, async (c) => {
    const { team, viewer, actor } = requireTeam(c);
    const { address, port } = c.req.valid('json');
    const preview = await findPreview(db, team.id, viewer, c.req.valid('param').preview);
    const { workspace_id: workspaceId, vpn_id: vpnId } = preview;
    if (workspaceId === null) throw conflict('preview_removed', 'This preview was removed.');
    allow(may.useReplicas(actor, { ownerId: preview.ownerId ?? '' }));
    if (vpnId === null) throw conflict('vpn_deleted', 'The VPN of this preview was deleted.');
    const vpn = await findVpn(db, team.id, vpnId);
    const parsed = parseVerifyAddress(address, readTexts(vpn.peer_subnets));
    if (!parsed.ok) {
      const { code, message } = parsed.refusal;
      throw refused([{ path: 'address', code, message }]);
    }
    const probe = { vpnId, address: parsed.value.text, port, timeoutMs: PROBE_MS };
    const replicas = await db
      .selectFrom('replica')
      .select(['id', 'name'])
      .where('workspace_id', '=', workspaceId)
      .where('connection', 'is not', null)
      .orderBy('ordinal')
      .execute();
    const results = await Promise.all(
      replicas.map(async ({ id, name }) => {
        const outcome = await hub.verify(id, { ...probe, id: newId('ver') });
        const { state, message, roundTripMs } = outcome;
        return { replica: name, answered: state === 'succeeded', message, roundTripMs };
      }),
    );
    const answered = results.length > 0 && results.every((result) => result.answered);
    return c.json({ answered, results }, 200);
  });
}
