import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { configFileName } from '../../contract/gatewayConfig/fileNames.ts';
import { documentText, renderGateway } from '../../contract/gatewayConfig/render.ts';
import { GatewayConfig, GatewayKindName } from '../../contract/gatewayLinks.ts';
import { checkPool } from '../../contract/gatewayPool.ts';
import { findVpn } from '../db/lookup.ts';
import { settingsOfRow } from '../db/vpnRow.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { ProblemError } from '../http/problem.ts';
import { problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { VpnParams } from './vpnParams.ts';

const ConfigQuery = z.object({
  kind: GatewayKindName.default('strongswan-ipsec'),
  pool: z.string().max(64).optional().meta({
    description: 'Where the gateway takes virtual IPs from, as CIDR. Left out: a usual one.',
  }),
  format: z.enum(['json', 'text']).default('json').meta({ description: 'text: as one file to download.' }),
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/vpns/{vpn}/gateway-config',
  tags: ['Gateway configuration'],
  summary: 'What the gateway has to be set to',
  description:
    'For the VPN as it is stored now. It never holds the pre-shared key: a placeholder stands where that belongs.',
  request: { params: VpnParams, query: ConfigQuery },
  responses: {
    200: {
      description: 'The configuration, in parts or as one text.',
      content: {
        'application/json': { schema: GatewayConfig },
        'text/plain': { schema: z.string() },
      },
    },
    ...problems(400, 401, 404),
  },
});

export function registerGatewayConfig(app: App, { db }: Deps): void {
  app.openapi(read, async (c) => {
    const { kind, pool, format } = c.req.valid('query');
    const vpn = await findVpn(db, requireTeam(c).team.id, c.req.valid('param').vpn);
    const settings = settingsOfRow(vpn);
    const checked = pool === undefined ? undefined : checkPool(pool, settings);
    if (checked?.ok === false) {
      const { code, message } = checked.refusal;
      const errors = [{ path: 'pool', code, message }];
      throw new ProblemError({ status: 400, code: 'invalid_request', title: message, errors });
    }
    const document = renderGateway(kind, settings, checked ? { pool: checked.value.text } : {});
    if (format === 'json') return c.json({ document, revision: vpn.revision }, 200);
    return c.text(documentText(document), 200, {
      'content-disposition': `attachment; filename="${configFileName(settings.name, kind)}"`,
    });
  });
}
