import { createRoute } from '@hono/zod-openapi';
import { may } from '../../contract/permissions.ts';
import { RolloutOptions } from '../../contract/rollouts.ts';
import { Vpn, VpnChange, type VpnSettings } from '../../contract/vpns.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { findVpn } from '../db/lookup.ts';
import { pskContext, rowOfSettings, settingsOfRow } from '../db/vpnRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag, IfMatch, matchRevision } from '../http/revision.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { beginChange } from '../rollouts/beginChange.ts';
import { refuseUnderWay } from '../rollouts/refuseUnderWay.ts';
import { changedParts } from './changedParts.ts';
import { announceVpnChange, connectedWorkspaceIds } from './announceVpnChange.ts';
import { requireFitting, requireValid } from './checkSettings.ts';
import { readVpn, VpnParams } from './vpnRows.ts';

const getVpnRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}',
  tags: ['VPNs'],
  summary: 'A VPN',
  request: { params: VpnParams },
  responses: { 200: json(Vpn, 'The VPN, its revision as ETag.'), ...problems(401, 404) },
});

const changeVpnRoute = createRoute({
  method: 'patch',
  path: '/api/v1/teams/{team}/vpns/{vpn}',
  tags: ['VPNs'],
  summary: 'Change a VPN',
  description:
    'Goes to one replica first, then to the others. One that doesn’t come up in time goes back by itself, and the others keep what they have; `GET …/rollout` shows it. Where no tunnel is up it is applied at once.',
  middleware: [requires(may.manageVpns)],
  request: { params: VpnParams, headers: IfMatch, body: jsonBody(VpnChange) },
  responses: { 200: json(Vpn, 'The VPN as it is now.'), ...problems(401, 403, 404, 409, 412, 422, 428) },
});

export function registerVpnChanges(app: App, deps: Deps): void {
  const { db, clock, secretBox, settings, rollouts } = deps;

  app.openapi(getVpnRoute, async (c) => {
    const { team } = requireTeam(c);
    const { id } = await findVpn(db, team.id, c.req.valid('param').vpn);
    const vpn = await readVpn(db, team.id, id);
    c.header('etag', etag(vpn.revision));
    return c.json(vpn, 200);
  });

  app.openapi(changeVpnRoute, async (c) => {
    const { team, viewer } = requireTeam(c);
    const change = c.req.valid('json');
    const { preSharedKey } = change;
    const options = RolloutOptions.parse(change.rollout ?? {});
    const { id } = await findVpn(db, team.id, c.req.valid('param').vpn);
    // Sealed before the transaction: nothing may hold it up.
    const pskSealed =
      preSharedKey === undefined ? undefined : await secretBox.seal(preSharedKey, pskContext(id));

    const done = await db.transaction().execute(async (trx) => {
      const stored = await findVpn(trx, team.id, id);
      await matchRevision(c, stored.revision, () => readVpn(trx, team.id, id));
      await refuseUnderWay(trx, [id]);
      const before = settingsOfRow(stored);
      const after = requireValid({ ...merge(before, change), preSharedKey }, settings);
      await requireFitting(trx, team.id, id, after);
      const changed = changedParts(before, after);
      if (pskSealed !== undefined) changed.push('pre-shared key');
      // Saving what is there already restarts nothing.
      if (changed.length === 0) return null;

      const viewed = { viewer, now: clock.now() };
      const rolloutId = await beginChange(trx, {
        stored,
        after,
        changed,
        options,
        ...viewed,
        runsSince: rollouts.runsSince,
      });
      const now = new Date(viewed.now).toISOString();
      await trx
        .updateTable('vpn')
        .set({
          ...rowOfSettings(after),
          ...(pskSealed === undefined ? {} : { psk_sealed: pskSealed, psk_changed_at: now }),
          revision: stored.revision + 1,
          updated_at: now,
          updated_by: viewer.userId,
        })
        .where('id', '=', id)
        .execute();
      if (rolloutId === null) {
        await recordActivity(trx, {
          teamId: team.id,
          now: viewed.now,
          actor: actorOf(viewer),
          action: 'vpn.changed',
          subject: { kind: 'vpn', id, name: after.name },
          summary: `Changed the VPN ${before.name}: ${changed.join(', ')}.`,
        });
      }
      return { rolloutId, workspaceIds: await connectedWorkspaceIds(trx, id) };
    });
    if (done !== null) {
      announceVpnChange(deps, team.id, id, done.workspaceIds);
      if (done.rolloutId !== null) rollouts.wake(done.rolloutId);
    }
    const vpn = await readVpn(db, team.id, id);
    c.header('etag', etag(vpn.revision));
    return c.json(vpn, 200);
  });
}

/** A left-out field stays as it is. */
const merge = (before: VpnSettings, change: VpnChange): VpnSettings => ({
  name: change.name ?? before.name,
  ike: change.ike ?? before.ike,
  esp: change.esp ?? before.esp,
  peerIp: change.peerIp ?? before.peerIp,
  peerId: change.peerId === undefined ? before.peerId : change.peerId,
  peerSubnets: change.peerSubnets ?? before.peerSubnets,
  udpEncapsulation: change.udpEncapsulation ?? before.udpEncapsulation,
  dpdDelaySeconds: change.dpdDelaySeconds ?? before.dpdDelaySeconds,
});
