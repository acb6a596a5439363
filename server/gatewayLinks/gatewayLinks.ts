import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { checkPool } from '../../contract/gatewayPool.ts';
import { GatewayLink, GatewayLinkCreate, NewGatewayLink } from '../../contract/gatewayLinks.ts';
import { page, PageQuery } from '../../contract/lists.ts';
import { may } from '../../contract/permissions.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import { findVpn } from '../db/lookup.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound, refused } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { requires, requireTeam } from '../http/teamAccess.ts';
import { issueToken, spendToken } from '../session/tokens.ts';
import { listGatewayLinks, readGatewayLink } from './gatewayLinkRows.ts';
import { VpnParams } from './vpnParams.ts';

const DAY_MS = 86_400_000;

const list = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/gateway-links',
  tags: ['Gateway configuration'],
  summary: 'Links to a VPN’s gateway configuration',
  description: 'Those that can be opened now.',
  middleware: [requires(may.rolloutVpns)],
  request: { params: VpnParams, query: PageQuery.omit({ search: true }) },
  responses: { 200: json(page(GatewayLink), 'Newest first.'), ...problems(400, 401, 403, 404) },
});

const create = createRoute({
  method: 'post',
  path: '/api/v1/teams/{team}/vpns/{vpn}/gateway-links',
  tags: ['Gateway configuration'],
  summary: 'Share a VPN’s gateway configuration',
  description:
    'Makes a link for the network admin on the other side, who needs no account. Whoever has it sees the VPN’s settings as they are then, never the pre-shared key. It ends by itself, when it is revoked, with its VPN, and when who made it is no admin of the team any more.',
  middleware: [requires(may.rolloutVpns)],
  request: { params: VpnParams, body: jsonBody(GatewayLinkCreate) },
  responses: {
    201: json(NewGatewayLink, 'The link, whose address can’t be read again.'),
    ...problems(401, 403, 404, 422),
  },
});

const revoke = createRoute({
  method: 'delete',
  path: '/api/v1/teams/{team}/vpns/{vpn}/gateway-links/{link}',
  tags: ['Gateway configuration'],
  summary: 'Revoke a link to a gateway configuration',
  middleware: [requires(may.rolloutVpns)],
  request: { params: VpnParams.extend({ link: z.string() }) },
  responses: { 204: noContent('Revoked; it no longer opens.'), ...problems(401, 403, 404) },
});

export function registerGatewayLinks(app: App, deps: Deps): void {
  const { db, clock, bus, settings } = deps;

  app.openapi(list, async (c) => {
    const vpn = await findVpn(db, requireTeam(c).team.id, c.req.valid('param').vpn);
    return c.json(await listGatewayLinks(db, clock, vpn.id, c.req.valid('query')), 200);
  });

  app.openapi(create, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { kind, pool, days } = c.req.valid('json');
    const created = await db.transaction().execute(async (trx) => {
      const vpn = await findVpn(trx, team.id, c.req.valid('param').vpn);
      const checked = pool === null ? undefined : checkPool(pool, settingsOfRow(vpn));
      if (checked?.ok === false) throw refused([{ path: 'pool', ...checked.refusal }]);
      const { id, text } = await issueToken(trx, clock, {
        kind: 'gateway',
        teamId: team.id,
        vpnId: vpn.id,
        gatewayKind: kind,
        ...(checked ? { gatewayPool: checked.value.text } : {}),
        createdBy: viewer.userId,
        lifetimeMs: days * DAY_MS,
      });
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'vpn.gateway-link-created',
        subject: { kind: 'vpn', id: vpn.id, name: vpn.name },
        summary: `Made a link to the gateway configuration of the VPN ${vpn.name}, good for ${days === 1 ? '1 day' : `${days} days`}.`,
      });
      const link = await readGatewayLink(trx, clock, vpn.id, id);
      if (!link) throw notFound('link');
      // In the fragment, which browsers send to nobody: it reaches no log and no Referer.
      return { vpnId: vpn.id, link: { ...link, url: `${settings.publicUrl}/gateway-config#${text}` } };
    });
    bus.publish(team.id, [`vpn:${created.vpnId}`, 'activity']);
    return c.json(created.link, 201);
  });

  app.openapi(revoke, async (c) => {
    const { team, viewer } = requireTeam(c);
    const { vpn: idOrName, link: id } = c.req.valid('param');
    const vpn = await db.transaction().execute(async (trx) => {
      const found = await findVpn(trx, team.id, idOrName);
      const link = await readGatewayLink(trx, clock, found.id, id);
      if (!link || !(await spendToken(trx, clock, id))) throw notFound('link');
      await recordActivity(trx, {
        teamId: team.id,
        now: clock.now(),
        actor: actorOf(viewer),
        action: 'vpn.gateway-link-revoked',
        subject: { kind: 'vpn', id: found.id, name: found.name },
        summary: `Revoked a link to the gateway configuration of the VPN ${found.name}.`,
      });
      return found;
    });
    bus.publish(team.id, [`vpn:${vpn.id}`, 'activity']);
    return c.body(null, 204);
  });
}
