import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import type { SignInProviderSave, SignInSettings } from '../../contract/signInProviders.ts';
import { ServerProcess } from '../lab/serverProcess.ts';
import { OidcProvider } from './oidcProvider.ts';
import { admin } from './pages.ts';

export { expect } from '@playwright/test';

export const clientSecret = 'a secret of the tests';

/** A server and a provider that trusts it, and the team that the server’s first admin has. */
export type Login = {
  server: ServerProcess;
  provider: OidcProvider;
  /** Saves what is to be different, signed in as the admin. */
  save: (page: Page, changes: Partial<SignInProviderSave>) => Promise<void>;
  /** `/api/v1/teams/<team>`. */
  team: string;
};

type Fixtures = {
  /** A page in a browser of its own, at the sign-in page’s server. */
  freshPage: () => Promise<Page>;
  /** A page that the admin is signed in with. */
  adminPage: Page;
};

export const test = base.extend<Fixtures, { login: Login }>({
  login: [
    async ({}, use, { parallelIndex }) => {
      const port = 9700 + parallelIndex;
      const data = await mkdtemp(join(tmpdir(), 'culvert-sign-in-'));
      const env = {
        CULVERT_ALLOW_PRIVATE_ISSUERS: 'true',
        CULVERT_ADMIN_EMAIL: admin.email,
        CULVERT_ADMIN_PASSWORD: admin.password,
      };
      const server = new ServerProcess({ port, data, env });
      const redirectUri = `${server.url}/api/v1/sign-in/callback`;
      const provider = new OidcProvider({ port: 9750 + parallelIndex, redirectUri, clientSecret });
      await Promise.all([server.start(), provider.start()]);
      const login = { server, provider, team: await teamPath(server), save: saveChanges };
      await use(login);
      await Promise.all([server.stop(), provider.stop()]);
      await rm(data, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ login }, use) => {
    await use(login.server.url);
  },

  freshPage: async ({ browser, login }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: login.server.url });
      opened.push(context);
      // The provider’s pages would wait for a font of another site.
      await context.route('https://fonts.googleapis.com/**', (route) => route.abort());
      return await context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },

  adminPage: async ({ freshPage, login }, use) => {
    const page = await freshPage();
    const { origin } = new URL(login.server.url);
    await page.request.post('/api/v1/session', { data: admin, headers: { origin } });
    await use(page);
  },
});

/** The only team of the server that `admin` has just been made on. */
async function teamPath(server: ServerProcess): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(admin),
  });
  const session: { teams: { id: string }[] } = await response.json();
  const [team] = session.teams;
  if (!team) throw new Error('The first admin has no team.');
  return `/api/v1/teams/${team.id}`;
}

async function saveChanges(this: Login, page: Page, changes: Partial<SignInProviderSave>): Promise<void> {
  const path = `${this.team}/sign-in-provider`;
  const { provider }: SignInSettings = await (await page.request.get(path)).json();
  if (!provider) throw new Error('No provider is set up yet.');
  const response = await page.request.put(path, {
    data: { ...provider, ...changes },
    headers: { origin: this.server.url, 'if-match': `"${provider.revision}"` },
  });
  if (!response.ok()) throw new Error(await response.text());
}

/** Signs in at the provider’s own pages, which ask for consent the first time. */
export async function signInAtProvider(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
