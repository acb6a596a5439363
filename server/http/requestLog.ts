import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.ts';
import type { AppEnv } from './appEnv.ts';

/** Gives each request an id, which the answer carries and problem documents repeat. */
export const giveRequestId: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('requestId', crypto.randomUUID());
  await next();
  c.header('x-request-id', c.var.requestId);
};

/** One line per answered request. The path only: a query or a body may hold what nobody should find in a log. */
export const logRequests =
  ({ log, clock }: Pick<Deps, 'log' | 'clock'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const start = clock.now();
    await next();
    log.info(
      {
        requestId: c.var.requestId,
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        ms: clock.now() - start,
        userId: c.var.viewer?.userId,
      },
      'request',
    );
  };
