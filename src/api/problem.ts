import type { FieldProblem, Problem } from '../../contract/problems.ts';

/** An answer that is no success, or no answer at all (`status` 0). `message` is fit to be shown as it is. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly errors: readonly FieldProblem[];
  /** With 412: the object as it is now. */
  readonly current: unknown;

  constructor(problem: Omit<Problem, 'requestId' | 'type'> & { requestId?: string }) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
  }
}

/** No answer came: the server or the way to it is gone. */
export const unreachable = () =>
  new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'The server doesn’t answer',
    detail: navigator.onLine
      ? 'The Culvert server can’t be reached from this browser. It may be restarting; tunnels stay up meanwhile.'
      : 'This browser is offline. Check its network connection; tunnels don’t depend on it.',
  });

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'title' in body && 'code' in body && 'status' in body;

/** Reads the problem document of a refused request; a proxy's HTML page becomes one as well. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiProblem(body);
  return new ApiProblem({
    status: response.status,
    code: 'unreadable',
    title: `The server answered ${response.status}`,
    detail:
      response.status >= 502 && response.status <= 504
        ? 'Something between this browser and the Culvert server answered in its place. The server may be restarting.'
        : 'The answer can’t be read. If it stays that way, look for it in the server’s log.',
  });
}

export const isMissing = (error: unknown) => error instanceof ApiProblem && error.status === 404;
export const isSignedOut = (error: unknown) => error instanceof ApiProblem && error.status === 401;
