import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Log } from '../deps.ts';
import type { AppEnv } from './appEnv.ts';
import { ProblemError, problemResponse } from './problem.ts';

/** Turns whatever a handler threw into a problem document. What nobody foresaw is logged, and told to nobody else. */
export const answerError =
  (log: Log): ErrorHandler<AppEnv> =>
  (error, c) => {
    const { requestId } = c.var;
    if (error instanceof ProblemError) return problemResponse(error.problem, requestId);
    if (error instanceof HTTPException) {
      // Hono's own: a body that is not JSON (400), or not declared as such (415).
      const title =
        error.status === 415 ? 'Send the body as application/json.' : 'The request can’t be understood.';
      return problemResponse({ status: 400, code: 'invalid_request', title }, requestId);
    }
    log.error(
      { requestId, path: c.req.path, error: { message: error.message, stack: error.stack } },
      'request failed',
    );
    const title = `The server could not answer this. Its log says why, under request ${requestId}.`;
    return problemResponse({ status: 500, code: 'internal', title }, requestId);
  };

export const answerNotFound: NotFoundHandler<AppEnv> = (c) =>
  problemResponse(
    { status: 404, code: 'not_found', title: 'There is nothing at this address.' },
    c.var.requestId,
  );
