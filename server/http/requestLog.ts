import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.ts';
import type { AppEnv } from './appEnv.ts';

/** Gives each request an id, which the answer carries and problem documents repeat. */
export const giveRequestId: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('requestId', crypto.randomUUID());
  await next();
  c.header('x-request-id', c.var.requestId);
};

/** Milliseconds from which a read that went well is worth a line too. */
const SLOW_MS = 1000;

/**
 * One line for each request that wrote, failed or was slow: who reads what is not for the log. The path only, since a
 * query or a body may hold what nobody should find in a log.
 */
export const logRequests =
  ({ log, clock }: Pick<Deps, 'log' | 'clock'>): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const start = clock.now();
    await next();
    const ms = clock.now() - start;
    const { status } = c.res;
    const read = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (read && status < 500 && ms < SLOW_MS) return;
    const { requestId, viewer } = c.var;
    log.info(
      { requestId, method: c.req.method, path: c.req.path, status, ms, userId: viewer?.userId },
      'request',
    );
  };
