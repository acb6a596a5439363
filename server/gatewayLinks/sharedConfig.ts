import { createRoute } from '@hono/zod-openapi';
import { GatewayKindName, SharedGatewayConfig } from '../../contract/gatewayLinks.ts';
import { LinkToken } from '../../contract/session.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { ProblemError } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { touchToken } from '../session/tokens.ts';
import { sha256Hex } from '../tokens.ts';
import { liveLinks } from './gatewayLinkRows.ts';

const open = createRoute({
  method: 'post',
  path: '/api/v1/gateway-links/lookup',
  tags: ['Gateway configuration'],
  summary: 'What a link to a gateway configuration shows',
  description:
    'For whoever has the link. Its token comes in the body, as those of other links do, so that it is in no log of an address.',
  request: { body: jsonBody(LinkToken) },
  responses: {
    200: json(SharedGatewayConfig, 'The VPN’s settings as they are now, without the pre-shared key.'),
    ...problems(403, 404, 422),
  },
});

export function registerSharedConfig(app: App, deps: Deps): void {
  const { db, clock, bus } = deps;

  app.openapi(open, async (c) => {
    // One query whatever the token is, so that what never was and what is over can't be told apart by time either.
    const row = await liveLinks(db, clock)
      .innerJoin('team', 'team.id', 'vpn.team_id')
      .selectAll('vpn')
      .select(['team.name as teamName', 'token.id as tokenId', 'token.last_used_at', 'token.expires_at'])
      .select(['token.gateway_kind', 'token.gateway_pool'])
      .where('token.hash', '=', await sha256Hex(c.req.valid('json').token))
      .executeTakeFirst();
    if (!row) {
      throw new ProblemError({
        status: 404,
        code: 'link_invalid',
        title: 'This link has ended or was never valid. Ask who sent it to you for a new one.',
      });
    }
    if (await touchToken(db, clock, { id: row.tokenId, last_used_at: row.last_used_at })) {
      bus.publish(row.team_id, [`vpn:${row.id}`]);
    }
    const shared: SharedGatewayConfig = {
      team: row.teamName,
      kind: GatewayKindName.parse(row.gateway_kind),
      pool: row.gateway_pool,
      settings: settingsOfRow(row),
      updatedAt: row.updated_at,
      expiresAt: row.expires_at ?? '',
    };
    return c.json(shared, 200);
  });
}
