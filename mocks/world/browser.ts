import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../../server/deps.ts';
import type { AppEnv } from '../../server/http/appEnv.ts';
import { CookieJar } from './cookieJar.ts';

type AppFetch = (request: Request) => Response | Promise<Response>;

const jars = new WeakMap<Request, CookieJar>();

/**
 * Gives the app's Set-Cookie headers to the jar of who asks. A page can't: browsers drop the header from every Response
 * that a script makes, so it has to be caught where the app says it.
 */
export const catchCookies =
  (clock: Clock): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const jar = jars.get(c.req.raw);
    const header = c.header;
    c.header = (name, value, options) => {
      if (name.toLowerCase() === 'set-cookie' && value !== undefined) jar?.store(value, clock.now());
      header(name, value, options);
    };
    await next();
  };

/** One person's browser: sends their cookies, and the origin that browsers send. */
export class Browser {
  readonly jar = new CookieJar();
  readonly #fetch: AppFetch;
  readonly #origin: string;
  readonly #token: string | null;

  /** With a `token` it is a program, and sends that. */
  constructor(fetch: AppFetch, origin: string, token: string | null = null) {
    this.#fetch = fetch;
    this.#origin = origin;
    this.#token = token;
  }

  /**
   * Sends a request as this browser would.
   *
   * @param cookies more of them, as a Cookie header
   * @param bodyBytes how long the body is, where that is known
   */
  async send(request: Request, cookies = '', bodyBytes?: number): Promise<Response> {
    const headers = new Headers(request.headers);
    const all = [this.jar.header(), cookies].filter((text) => text !== '').join('; ');
    if (all !== '') headers.set('cookie', all);
    if (this.#token !== null) headers.set('authorization', `Bearer ${this.#token}`);
    headers.set('origin', this.#origin);
    headers.set('user-agent', navigator.userAgent);
    // Without it the app's limit would count the body through a Request of its own, which has none of these headers.
    if (request.body !== null) {
      const bytes = bodyBytes ?? (await request.clone().blob()).size;
      headers.set('content-length', String(bytes));
    }
    // A page may not put these headers on a Request it makes; the app reads them from this property all the same.
    Object.defineProperty(request, 'headers', { value: headers });
    jars.set(request, this.jar);
    return await this.#fetch(request);
  }

  /**
   * Sends JSON and gives back the answer's.
   *
   * @throws Error with the problem document for anything but a success: a scenario that is refused must not go unnoticed.
   */
  async json<Answer>(method: string, path: string, body?: unknown, ifMatch?: number): Promise<Answer> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (ifMatch !== undefined) headers.set('if-match', `"${ifMatch}"`);
    const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    const request = new Request(`${this.#origin}${path}`, {
      method,
      headers,
      ...(bytes === undefined ? {} : { body: bytes }),
    });
    const response = await this.send(request, '', bytes?.length);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text === '' ? 'null' : text);
  }
}
