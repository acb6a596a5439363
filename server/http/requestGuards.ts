import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from './appEnv.ts';
import { ProblemError } from './problem.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Bytes. The largest honest body, a VPN with every field at its limit, is far below. */
export const BODY_LIMIT = 256 * 1024;

/** The token of an `Authorization: Bearer` header, or null. */
export function bearerToken(authorization: string | undefined): string | null {
  const match = /^bearer +(\S+) *$/i.exec(authorization ?? '');
  return match?.[1] ?? null;
}

/**
 * What programs ask that have no credential yet. These read no cookie, so nobody gains by sending a browser to them, and a
 * program has no origin to name.
 */
const WITHOUT_COOKIE = new Set(['/api/v1/device-codes', '/api/v1/device-tokens', '/api/v1/pipeline-tokens']);

/**
 * Keeps other sites from writing with the viewer’s cookie: every request that may change something must say that it
 * comes from the dashboard’s own origin. A bearer token needs none, since no other site can send it.
 */
export const requireOwnOrigin = (publicUrl: string): MiddlewareHandler<AppEnv> => {
  const own = new URL(publicUrl).origin;
  return async (c, next) => {
    const safe =
      SAFE_METHODS.has(c.req.method) ||
      WITHOUT_COOKIE.has(c.req.path) ||
      bearerToken(c.req.header('authorization')) !== null;
    if (!safe && c.req.header('origin') !== own) {
      throw new ProblemError({
        status: 403,
        code: 'wrong_origin',
        title: `Writing works from ${own} only. Open the dashboard there, or use an API token.`,
      });
    }
    await next();
  };
};

export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: BODY_LIMIT,
  onError: () => {
    throw new ProblemError({
      status: 413,
      code: 'body_too_large',
      title: `The request is larger than ${BODY_LIMIT / 1024} KB.`,
    });
  },
});
