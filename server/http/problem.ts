import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AdmittedBy } from '../../contract/pipelines/pipelines.ts';
import type { FieldProblem, Problem } from '../../contract/problems.ts';

export type ProblemFields = {
  status: ContentfulStatusCode;
  /** Stable machine name, such as `vpn_changed`. */
  code: string;
  /** One plain sentence for people. */
  title: string;
  detail?: string;
  errors?: FieldProblem[];
  /** With 403 for a pipeline: what a rule has to say to let it in. */
  admittedBy?: AdmittedBy;
  /** With 412: the object as it is now. */
  current?: unknown;
  /** Extra response headers, such as Retry-After. */
  headers?: Record<string, string>;
};

/** Thrown by a handler to answer with a problem document (RFC 9457). Inside a transaction it rolls back. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemFields;

  constructor(problem: ProblemFields) {
    super(problem.title);
    this.problem = problem;
  }
}

/** 401: nobody is signed in, or the credential is no longer good. */
export const unauthenticated = (title = 'Sign in first.', code = 'not_signed_in') =>
  new ProblemError({ status: 401, code, title });

/** 403: the viewer may see this, but not do that; `title` is the reason, in words. */
export const forbidden = (code: string, title: string) => new ProblemError({ status: 403, code, title });

/** 404, for what doesn’t exist and for what isn’t the viewer’s: the two can’t be told apart. */
export const notFound = (what: string) =>
  new ProblemError({ status: 404, code: 'not_found', title: `There is no such ${what}, or it isn’t yours.` });

/** 409: the request is right in itself, but not as things are now. */
export const conflict = (code: string, title: string, errors?: FieldProblem[]) =>
  new ProblemError({ status: 409, code, title, ...(errors ? { errors } : {}) });

/** 422: fields of the body are refused; paths are dotted, from the body’s root. */
export const refused = (errors: FieldProblem[], code = 'invalid_fields') =>
  new ProblemError({ status: 422, code, title: 'Some fields are not right.', errors });

/** The problem document as a response. */
export function problemResponse(problem: ProblemFields, requestId: string): Response {
  const { status, code, title, detail, errors, admittedBy, current, headers } = problem;
  const body: Problem = {
    type: 'about:blank',
    title,
    status,
    code,
    requestId,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...(admittedBy === undefined ? {} : { admittedBy }),
    ...(current === undefined ? {} : { current }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}
