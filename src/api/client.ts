import { problemOf, unreachable } from './problem.ts';

type Query = Record<string, string | number | undefined>;

type Options = {
  query?: Query;
  /** The revision an edit started from: the server refuses (412) when somebody else was faster. */
  ifMatch?: number;
  signal?: AbortSignal;
};

const base = '/api/v1';

function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return `${base}${path}${search.size > 0 ? `?${search}` : ''}`;
}

async function send<Answer>(method: string, path: string, body: unknown, options: Options): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
  const response = await fetch(address(path, options.query), {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return JSON.parse(text === '' ? 'null' : text);
}

/**
 * The API under `/api/v1`. Paths start with a slash; parts of a path that come from outside go through
 * `encodeURIComponent` (`apiPath` does it). Everything but a success rejects with an `ApiProblem`; an aborted request
 * rejects with the signal's reason.
 */
export const api = {
  get: <Answer>(path: string, options: Options = {}) => send<Answer>('GET', path, undefined, options),
  post: <Answer>(path: string, body: unknown, options: Options = {}) =>
    send<Answer>('POST', path, body, options),
  put: <Answer>(path: string, body: unknown, options: Options = {}) =>
    send<Answer>('PUT', path, body, options),
  patch: <Answer>(path: string, body: unknown, options: Options = {}) =>
    send<Answer>('PATCH', path, body, options),
  delete: (path: string, options: Options = {}) => send<null>('DELETE', path, undefined, options),
};

/** apiPath`/teams/${team}/vpns/${vpn}`: each value is encoded as one path segment. */
export const apiPath = (parts: TemplateStringsArray, ...values: string[]) =>
  String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
