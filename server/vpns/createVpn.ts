import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { may } from '../../contract/permissions.ts';
import { Vpn, VpnCreate, VpnDuplicate, type VpnSettings } from '../../contract/vpns.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import { findVpn } from '../db/lookup.ts';
import { pskContext, rowOfSettings, settingsOfRow } from '../db/vpnRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { etag } from '../http/revision.ts';
import { requires, requireTeam, TeamParams, type TeamAccess } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { requireFitting, requireValid } from './checkSettings.ts';
import { readVpn, VpnParams } from './vpnRows.ts';

const createVpnRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpns',
  tags: ['VPNs'],
  summary: 'Create a VPN',
  middleware: [requires(may.manageVpns)],
  request: { params: TeamParams, body: jsonBody(VpnCreate) },
  responses: {
    201: json(Vpn, 'The new VPN, connected to no workspace yet.'),
    ...problems(401, 403, 404, 422),
  },
});

const duplicateVpnRoute = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpns/{vpn}/duplicate',
  tags: ['VPNs'],
  summary: 'Duplicate a VPN',
  description:
    'The new VPN has everything of the other, the pre-shared key too, and is connected to no workspace yet.',
  middleware: [requires(may.manageVpns)],
  request: { params: VpnParams, body: jsonBody(VpnDuplicate) },
  responses: { 201: json(Vpn, 'The new VPN.'), ...problems(401, 403, 404, 422) },
});

type NewVpn = { id: string; settings: VpnSettings; pskSealed: string; summary: string };

export function registerVpnCreation(app: App, deps: Deps): void {
  const { db, bus, secretBox, settings } = deps;

  app.openapi(createVpnRoute, async (c) => {
    const access = requireTeam(c);
    const { preSharedKey, ...chosen } = c.req.valid('json');
    const canonical = requireValid({ ...chosen, preSharedKey }, settings);
    const id = newId('vpn');
    const pskSealed = await secretBox.seal(preSharedKey, pskContext(id));
    await db.transaction().execute(async (trx) => {
      await requireFitting(trx, access.team.id, null, canonical);
      const summary = `Created the VPN ${canonical.name} to the gateway ${canonical.peerIp}.`;
      await insertVpn(trx, deps, access, { id, settings: canonical, pskSealed, summary });
    });
    bus.publish(access.team.id, ['vpns', 'activity']);
    const vpn = await readVpn(db, access.team.id, id);
    c.header('etag', etag(vpn.revision));
    return c.json(vpn, 201);
  });

  app.openapi(duplicateVpnRoute, async (c) => {
    const access = requireTeam(c);
    const original = await findVpn(db, access.team.id, c.req.valid('param').vpn);
    const canonical = requireValid({ ...settingsOfRow(original), name: c.req.valid('json').name }, settings);
    const id = newId('vpn');
    const preSharedKey = await secretBox.open(original.psk_sealed, pskContext(original.id));
    const pskSealed = await secretBox.seal(preSharedKey, pskContext(id));
    await db.transaction().execute(async (trx) => {
      await requireFitting(trx, access.team.id, null, canonical);
      const summary = `Duplicated the VPN ${original.name} as ${canonical.name}.`;
      await insertVpn(trx, deps, access, { id, settings: canonical, pskSealed, summary });
    });
    bus.publish(access.team.id, ['vpns', 'activity']);
    const vpn = await readVpn(db, access.team.id, id);
    c.header('etag', etag(vpn.revision));
    return c.json(vpn, 201);
  });
}

async function insertVpn(
  trx: Kysely<Database>,
  { clock }: Deps,
  { team, viewer }: TeamAccess,
  { id, settings, pskSealed, summary }: NewVpn,
): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  await trx
    .insertInto('vpn')
    .values({
      id,
      team_id: team.id,
      ...rowOfSettings(settings),
      psk_sealed: pskSealed,
      psk_changed_at: now,
      created_at: now,
      created_by: viewer.userId,
      updated_at: now,
      updated_by: viewer.userId,
    })
    .execute();
  await recordActivity(trx, {
    teamId: team.id,
    now: clock.now(),
    actor: actorOf(viewer),
    action: 'vpn.created',
    subject: { kind: 'vpn', id, name: settings.name },
    summary,
  });
}
