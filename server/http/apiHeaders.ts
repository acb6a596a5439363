import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './appEnv.ts';
import { apiHeaders } from './securityHeaders.ts';

/** Puts the API’s headers on every answer, problem documents too; what a handler has set itself stays. */
export const addApiHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(apiHeaders)) {
    if (!c.res.headers.has(name)) c.header(name, value);
  }
};
