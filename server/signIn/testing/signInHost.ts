import type {
  SignInProvider,
  SignInProviderSave,
  SignInSettings,
} from '../../../contract/signInProviders.ts';
import { createTestApp, type TestClient } from '../../testing.ts';
import { createScriptedProvider, type AtProvider } from './scriptedProvider.ts';

const client = {
  id: 'culvert',
  secret: 'a secret of the provider’s',
  redirectUri: 'http://localhost:8080/api/v1/sign-in/callback',
};

export const usualSettings: SignInProviderSave = {
  name: 'Acme login',
  issuer: 'https://login.acme.example',
  clientId: client.id,
  clientSecret: client.secret,
  scopes: 'openid email profile',
  admittedDomains: ['acme.example'],
  role: 'member',
  groupsClaim: null,
  adminGroups: [],
  enabled: true,
  passwordSignIn: true,
  localAdmin: null,
};

export const verified = (email: string, more: Readonly<Record<string, unknown>> = {}) => ({
  email,
  email_verified: true,
  name: 'Mei Tanaka',
  ...more,
});

/** Somebody at the provider whom the usual settings admit. */
export const mei: AtProvider = { sub: 'mei', idToken: verified('mei@acme.example') };

/** Cookies as a browser keeps them between the app’s answers. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0(;|$)/i.test(line)) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get names(): string[] {
    return [...this.#cookies.keys()];
  }
}

/** A team with an admin and a provider that signs people in to it, and browsers that go there and back. */
export async function createSignInHost(settings: Partial<SignInProviderSave> = {}) {
  const host = await createTestApp();
  const provider = await createScriptedProvider({
    issuer: usualSettings.issuer,
    client,
    now: () => host.clock.now(),
  });
  host.deps.outbound = provider.outbound;
  const team = await host.addTeam('Acme');
  const ada = await host.member('Ada', team.id, 'admin');

  async function save(changes: Partial<SignInProviderSave> = {}): Promise<Response> {
    const { provider: stored } = await read();
    const { clientSecret, ...usual } = { ...usualSettings, ...settings };
    const now = stored ? settingsOf(stored) : { ...usual, clientSecret };
    const options = stored ? { ifMatch: `"${stored.revision}"` } : {};
    return await ada.client.put(`${team.path}/sign-in-provider`, { ...now, ...changes }, options);
  }
  const read = async (): Promise<SignInSettings> =>
    await (await ada.client.get(`${team.path}/sign-in-provider`)).json();
  const saved: SignInProvider = await (await save()).json();
  // What tests do stands in the activity after what was done here.
  host.clock.advance(1000);

  const start = (as: TestClient, body: unknown, id = saved.id, cookies = '') =>
    as.post(`/api/v1/sign-in/${id}/start`, body, cookies === '' ? {} : { headers: { cookie: cookies } });

  /** A browser of its own, signed in as `as` where one is given. */
  function browser(as: TestClient = host.anonymous) {
    const jar = new CookieJar();
    const own = () => [as.headers['cookie'], jar.header].filter(Boolean).join('; ');
    return {
      jar,
      /** Begins, and returns the provider's address. */
      async begin(body: unknown = {}): Promise<string> {
        const response = await start(as, body, saved.id, own());
        if (response.status !== 200) throw new Error(await response.text());
        jar.take(response);
        const { url }: { url: string } = await response.json();
        return url;
      },
      /** Comes back to this address, and returns where the app sends the browser. */
      async comeBack(url: URL): Promise<string> {
        const response = await as.send('GET', `${url.pathname}${url.search}`, undefined, {
          headers: { cookie: own() },
        });
        jar.take(response);
        return response.headers.get('location') ?? `status ${response.status}`;
      },
      /** There and back again. */
      async signIn(person: AtProvider, body: unknown = {}): Promise<string> {
        return await this.comeBack(provider.authorize(await this.begin(body), person));
      },
      /** Who this browser is signed in as. */
      async session() {
        const response = await host.anonymous.get('/api/v1/session', { headers: { cookie: own() } });
        return await response.json();
      },
    };
  }

  return { ...host, team, ada, provider, saved, save, read, start, browser };
}

/** Settings as they were read, ready to be saved. */
export function settingsOf(stored: SignInProvider): SignInProviderSave {
  const {
    id: _,
    revision: _r,
    updatedAt: _a,
    updatedBy: _b,
    adminSignedIn: _s,
    groupsMissingSince: _g,
    unlinkedMembers: _u,
    ...rest
  } = stored;
  return rest;
}
