import type { Page } from '../contract/lists.ts';
import { noCulvert, refusalOf, unreachable } from './apiErrors.ts';
import { usageError } from './cliError.ts';
import type { Context } from './context.ts';

type Query = Record<string, string | number | undefined>;
type Options = {
  query?: Query;
  ifMatch?: number | '*';
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * The API of one server below one path. Paths start with a slash; parts of a path that come from outside go through
 * `apiPath`. Whatever isn't a success rejects with an ApiError, a server that doesn't answer with a CliError.
 */
export type Api = {
  get<Answer>(path: string, options?: Options): Promise<Answer>;
  post<Answer>(path: string, body: unknown, options?: Options): Promise<Answer>;
  put<Answer>(path: string, body: unknown, options?: Options): Promise<Answer>;
  patch<Answer>(path: string, body: unknown, options?: Options): Promise<Answer>;
  delete<Answer>(path: string, options?: Options): Promise<Answer>;
  /** All pages of a list in one. */
  all<Item>(path: string, query?: Query): Promise<Page<Item>>;
  /** An answer that isn't JSON, as it came. */
  text(path: string, options?: Options): Promise<string>;
  below(path: string): Api;
};

/**
 * apiPath`/vpns/${vpn}`: each value is encoded as one segment of the path.
 *
 * @throws CliError (usage) for what would lead to another path than the one that is written
 */
export const apiPath = (parts: TemplateStringsArray, ...values: string[]): string =>
  String.raw({ raw: parts }, ...values.map(segment));

/** An address drops segments of dots, however they are encoded (WHATWG URL, 4.4). */
function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw usageError(`“${value}” is no name.`);
  return encodeURIComponent(value);
}

/** Texts of other people's end up on terminals, where control characters are orders. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const harmless = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(controls, '\u{fffd}') : value;

/** Seconds until a request counts as unanswered. The longest answer, a check through tunnels, takes 15. */
const ANSWER_SECONDS = 60;

/**
 * @param server origin, as `serverOrigin` gives it
 * @param token goes to this server only: redirects aren't followed
 * @param base path that all others are below
 */
export function createApi(
  context: Pick<Context, 'fetch' | 'signal'>,
  server: string,
  token: string | null,
  base = '/api/v1',
): Api {
  async function send(method: string, path: string, body: unknown, options: Options = {}) {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined && value !== '') search.set(name, String(value));
    }
    const signals = [context.signal, AbortSignal.timeout(ANSWER_SECONDS * 1000)];
    const response = await context
      .fetch(`${server}${base}${path}${search.size > 0 ? `?${search}` : ''}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any(options.signal ? [...signals, options.signal] : signals),
        headers: {
          accept: 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(options.ifMatch === undefined
            ? {}
            : { 'if-match': options.ifMatch === '*' ? '*' : `"${options.ifMatch}"` }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      .catch((error: unknown) => {
        if (context.signal.aborted || options.signal?.aborted) throw error;
        throw unreachable(server, error);
      });
    if (!response.ok) throw await refusalOf(server, response);
    return response;
  }

  async function json<Answer>(response: Promise<Response>): Promise<Answer> {
    const text = await (await response).text();
    try {
      return JSON.parse(text === '' ? 'null' : text, harmless);
    } catch {
      throw noCulvert(server, 'no JSON');
    }
  }

  const api: Api = {
    get: (path, options) => json(send('GET', path, undefined, options)),
    post: (path, body, options) => json(send('POST', path, body, options)),
    put: (path, body, options) => json(send('PUT', path, body, options)),
    patch: (path, body, options) => json(send('PATCH', path, body, options)),
    delete: (path, options) => json(send('DELETE', path, undefined, options)),
    text: async (path, options) => (await send('GET', path, undefined, options)).text(),
    below: (path) => createApi(context, server, token, `${base}${path}`),
    all: (path, query) => allPages(api, path, query),
  };
  return api;
}

async function allPages<Item>(api: Api, path: string, query: Query = {}): Promise<Page<Item>> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page: Page<Item> = await api.get(path, { query: { limit: 1000, ...query, cursor } });
    items.push(...page.items);
    if (page.nextCursor === null) return { items, nextCursor: null, total: page.total };
    cursor = page.nextCursor;
  }
}
