import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  DeviceCodeCreate,
  DeviceCodeCreated,
  DeviceDecision,
  DeviceRequest,
  DeviceTokenCreate,
  DeviceTokenCreated,
} from '../../contract/deviceCodes.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { addressBuckets, countAttempt } from '../session/attemptLimit.ts';
import { requireSession } from '../session/sessions.ts';
import { createDeviceCode } from './createDeviceCode.ts';
import { decide } from './decide.ts';
import { deviceLimits } from './limits.ts';
import { takeToken } from './takeToken.ts';
import { shownUserCode } from './userCode.ts';
import { findWaitingCode } from './waitingCode.ts';

const UserCodeParams = z.object({
  userCode: z.string().max(40).meta({ description: 'As the terminal shows it, with or without the dash.' }),
});

const create = createRoute({
  method: 'post',
  path: '/api/v1/device-codes',
  tags: ['Command line'],
  summary: 'Ask for a code to sign in with',
  security: [],
  description: 'As RFC 8628 says. Show `userCode` and the address, then poll with `deviceCode`.',
  request: { body: jsonBody(DeviceCodeCreate) },
  responses: { 201: json(DeviceCodeCreated, 'The codes, good for 15 minutes.'), ...problems(422, 429) },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/device-codes/{userCode}',
  tags: ['Command line'],
  summary: 'Which machine waits with this code',
  request: { params: UserCodeParams },
  responses: { 200: json(DeviceRequest, 'What is asked for.'), ...problems(400, 401, 403, 404, 429) },
});

const decision = createRoute({
  method: 'post',
  path: '/api/v1/device-codes/{userCode}/decision',
  tags: ['Command line'],
  summary: 'Allow or refuse a machine that waits',
  description:
    'By a signed-in person. Allowed, the machine gets an API token of theirs for 90 days in that team, if it asks within 30 ' +
    'seconds and the person hasn’t signed out meanwhile.',
  request: { params: UserCodeParams, body: jsonBody(DeviceDecision) },
  responses: { 204: noContent('Decided.'), ...problems(400, 401, 403, 404, 422, 429) },
});

const poll = createRoute({
  method: 'post',
  path: '/api/v1/device-tokens',
  tags: ['Command line'],
  summary: 'Ask for the token',
  security: [],
  description:
    'Every `interval` seconds. 400 with `authorization_pending`, `slow_down`, `access_denied` or `expired_token` as its code.',
  request: { body: jsonBody(DeviceTokenCreate) },
  responses: {
    200: json(DeviceTokenCreated, 'The API token, which can’t be read again.'),
    ...problems(400, 422, 429),
  },
});

export function registerDeviceCodes(app: App, deps: Deps): void {
  const { db, clock } = deps;

  app.openapi(create, async (c) => {
    const address = c.env?.remoteAddress;
    await countAttempt(db, clock, addressBuckets('device-code', address, deviceLimits.create));
    const name = c.req.valid('json').clientName;
    return c.json(await createDeviceCode(deps, { name, address: address ?? null }), 201);
  });

  app.openapi(read, async (c) => {
    const { userId } = requireSession(c);
    const { userCode } = c.req.valid('param');
    const row = await findWaitingCode(deps, userCode, { userId, remoteAddress: c.env?.remoteAddress });
    const request: DeviceRequest = {
      userCode: shownUserCode(row.user_code),
      clientName: row.client_name,
      clientAddress: row.client_address,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    };
    return c.json(request, 200);
  });

  app.openapi(decision, async (c) => {
    const { userId, via } = requireSession(c);
    const { userCode } = c.req.valid('param');
    const row = await findWaitingCode(deps, userCode, { userId, remoteAddress: c.env?.remoteAddress });
    await decide(deps, row, { userId, sessionId: via.tokenId }, c.req.valid('json'));
    return c.body(null, 204);
  });

  app.openapi(poll, async (c) => {
    const { deviceCode } = c.req.valid('json');
    return c.json(await takeToken(deps, deviceCode, c.env?.remoteAddress), 200);
  });
}
