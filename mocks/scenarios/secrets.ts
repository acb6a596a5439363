import { AGENT_SECRETS_PATH, agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import { DeliveredSecrets } from '../../contract/secretsApi.ts';
import { DAY, HOUR } from '../world/clock.ts';
import type { World } from '../world/world.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';

/**
 * Secrets of the team and of Ada’s own. Of the three replicas of her `storefront`, one started before a value was replaced, one
 * after, and one was joined by another admin.
 */
export const secrets: Scenario = async (world) => {
  const { clock, fleet } = world;
  const team = await establishedTeam(world);
  await clock.ago(30 * DAY, async () => {
    const ada = await team.as('ada');
    await ada.createWorkspace('storefront');
    await ada.createWorkspace('billing-api');
    await ada.addSecret({ level: 'team', name: 'NPM_TOKEN', value: 'npm', previews: true });
    await ada.addSecret({ level: 'team', name: 'DATABASE_URL', value: 'postgres://db/app' });
    await ada.addSecret({ name: 'DATABASE_URL', value: 'postgres://db/ada' });
    await ada.addSecret({ name: 'DEPLOY_KEY', value: 'key', delivery: 'file', workspaces: ['storefront'] });
  });
  const own = await clock.ago(29 * DAY, async () => (await team.as('ada')).joinToken('storefront'));
  const start = async (token: string, hostname: string) => {
    await fleet.join(token, hostname);
    await world.settled();
    await takeSecrets(world, token, hostname);
  };
  await clock.ago(5 * DAY, () => start(own.token, 'storefront-1'));
  await clock.ago(2 * DAY, async () =>
    (await team.as('tomas')).addSecret({
      level: 'team',
      name: 'WAREHOUSE_CERTIFICATE',
      value: 'certificate',
      delivery: 'file',
      workspaces: ['billing-api', 'storefront'],
    }),
  );
  await clock.ago(HOUR, async () => {
    await start(own.token, 'storefront-2');
    const admins = await (await team.as('tomas')).joinToken('storefront');
    await start(admins.token, 'storefront-3');
  });
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

/** As the agent of this machine does when its replica starts. */
async function takeSecrets(world: World, token: string, hostname: string): Promise<void> {
  const { deps } = world;
  const browser = world.newBrowser();
  const headers = {
    authorization: `Bearer ${token}`,
    [agentSecretsHeaders.key]: `mock-replica-key-${hostname}`,
    [agentSecretsHeaders.secret]: `mock-replica-secret-of-at-least-32-${hostname}`,
  };
  const url = `${deps.settings.publicUrl}${AGENT_SECRETS_PATH}`;
  const given = await browser.send(new Request(url, { headers }));
  const { version } = DeliveredSecrets.parse(await given.json());
  const kept = { ...headers, [agentSecretsHeaders.version]: version };
  await browser.send(new Request(url, { method: 'PUT', headers: kept }));
}
