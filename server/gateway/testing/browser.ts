import { readHost } from '../hosts.ts';
import type { PortVisit } from '../portGateway.ts';
import type { PortWorld } from './portWorld.ts';
import { requestOf, type Ask } from './requests.ts';

/** Where a navigation ended: an answer, or inside the port. */
export type Arrival = { url: URL; passed: URL[]; response: Response | null; visit: PortVisit | null };

const HOPS_MAX = 12;

/** As much of a browser as the handshake needs: cookies by host, and redirects between the dashboard and ports. */
export class TestBrowser {
  private readonly world: PortWorld;
  private readonly jars = new Map<string, Map<string, string>>();
  /** Every `Set-Cookie` line that came, with its host. */
  readonly received: { host: string; line: string }[] = [];

  constructor(world: PortWorld) {
    this.world = world;
  }

  /** Signs the browser in to the dashboard, as the sign-in form does. */
  async signIn(userId: string): Promise<void> {
    const { headers } = await this.world.signIn(userId);
    this.keep('localhost:8080', `${headers['cookie'] ?? ''}; Path=/`);
  }

  cookies(host: string): string[] {
    return [...(this.jars.get(host)?.keys() ?? [])];
  }

  cookieHeader(host: string): string {
    return [...(this.jars.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Opens an address and follows where it leads, as a typed address or a link from `site` would. */
  async open(address: string, ask: Ask = {}): Promise<Arrival> {
    const passed: URL[] = [];
    let url = new URL(address);
    let next = ask;
    for (let hop = 0; hop < HOPS_MAX; hop += 1) {
      const { response, visit } = await this.ask(url, next);
      const location = response?.headers.get('location') ?? null;
      if (location === null) return { url, passed, response, visit };
      passed.push(url);
      url = new URL(location, url);
      next = {};
      if (url.pathname === '/sign-in') return { url, passed, response, visit };
    }
    throw new Error(`Redirected without end: ${passed.join(' → ')}`);
  }

  /** Opens a port up to where the dashboard asks who it is; returns the address that signing in would lead to. */
  async begin(address: string): Promise<string> {
    const { url } = await this.open(address);
    if (url.pathname !== '/sign-in') throw new Error(`Nobody was asked to sign in: ${url.href}`);
    return `${url.origin}${url.searchParams.get('to') ?? ''}`;
  }

  private async ask(url: URL, ask: Ask): Promise<{ response: Response | null; visit: PortVisit | null }> {
    const cookie = this.cookieHeader(url.host);
    const headers = { ...(cookie === '' ? {} : { cookie }), ...ask.headers };
    const target = readHost(url.host, this.world.deps.settings);
    if (target.kind !== 'port') {
      const response = await this.world.app.request(url, { headers });
      this.keepAll(url.host, response);
      return { response, visit: null };
    }
    const verdict = await this.world.gateway.admit(
      requestOf(target.label, { ...ask, target: `${url.pathname}${url.search}`, headers }),
    );
    if (verdict.kind === 'forward') return { response: null, visit: verdict.visit };
    this.keepAll(url.host, verdict.response);
    return { response: verdict.response, visit: null };
  }

  private keepAll(host: string, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      this.received.push({ host, line });
      this.keep(host, line);
    }
  }

  private keep(host: string, line: string): void {
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', ...value] = pair.split('=');
    if (attributes.includes('Max-Age=0')) jar.delete(name);
    else jar.set(name, value.join('='));
  }
}
