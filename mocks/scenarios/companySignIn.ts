import type { SignInProvider, SignInProviderSave, SignInStarted } from '../../contract/signInProviders.ts';
import { DAY, HOUR } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import { companyLogin } from '../world/outside.ts';
import { password, people } from '../world/people.ts';
import { signIn, type World } from '../world/world.ts';
import { pathOf } from './pathOf.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';

const settings: SignInProviderSave = {
  name: 'Example login',
  issuer: companyLogin.issuer,
  clientId: companyLogin.client.id,
  clientSecret: companyLogin.client.secret,
  scopes: 'openid email profile',
  admittedDomains: ['example.com'],
  role: 'member',
  groupsClaim: 'groups',
  adminGroups: ['culvert-admins'],
  enabled: true,
  passwordSignIn: true,
  localAdmin: null,
};

/** Members sign in with the company’s provider, which tells no groups lately; passwords are off, but for Ada. */
export const companySignIn: Scenario = async (world) => {
  const team = await establishedTeam(world);
  const provider = await world.clock.ago(20 * DAY, () => setUp(world, team));
  await world.clock.ago(3 * HOUR, () => link(world, provider, { groups: undefined }));
  const invitation = await (await team.as('ada')).invite('member');
  return { teamId: team.id, signedInAs: 'ada', links: { invitation: pathOf(invitation.url) } };
};

/** The same, and nobody is signed in on this browser. */
export const companySignedOut: Scenario = async (world) => ({
  ...(await companySignIn(world)),
  signedInAs: null,
});

async function setUp(world: World, team: FoundedTeam): Promise<SignInProvider> {
  const ada = world.newBrowser();
  await signIn(ada, people.ada.email, password);
  const path = `/api/v1/teams/${team.id}/sign-in-provider`;
  const provider: SignInProvider = await ada.json('PUT', path, settings);
  await link(world, provider, { groups: ['culvert-admins'] });
  const { user } = await signIn(ada, people.ada.email, password);
  const { clientSecret: _, ...unchanged } = settings;
  const off = { ...unchanged, passwordSignIn: false, localAdmin: user?.id ?? null };
  return await ada.json('PUT', path, off, provider.revision);
}

/** Ada links the provider with her account, or signs in with it again. */
async function link(world: World, { id }: SignInProvider, claims: Record<string, unknown>): Promise<void> {
  const browser = world.newBrowser();
  await signIn(browser, people.ada.email, password);
  const started: SignInStarted = await browser.json('POST', `/api/v1/sign-in/${id}/start`, { link: true });
  const { name, email } = people.ada;
  const provider = await world.outside.provider();
  const back = provider.authorize(started.url, {
    sub: 'ada.brandt',
    idToken: { name, email, email_verified: true, ...claims },
  });
  await browser.send(new Request(back));
}
