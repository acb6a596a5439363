import { DAY, HOUR, MINUTE } from '../world/clock.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';

/**
 * Terminals that are signed in, tokens of scripts, and a terminal that waits for an answer: the link `device` leads to its code,
 * `deviceUnknown` to one that nobody shows.
 */
export const apiTokens: Scenario = async (world) => {
  const { clock, deps } = world;
  const use = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    await world.newBrowser().send(new Request(`${deps.settings.publicUrl}/api/v1/session`, { headers }));
  };
  const team = await establishedTeam(world);
  await clock.ago(41 * DAY, async () => {
    const { token } = await (await team.as('ada')).createApiToken('nightly deploys', 365);
    await clock.ago(20 * MINUTE, () => use(token));
  });
  await clock.ago(26 * DAY, async () => {
    const { token } = await (await team.as('mei')).signInTerminal('culvert on mei-thinkpad');
    await clock.ago(3 * HOUR, () => use(token));
  });
  await clock.ago(25 * DAY, async () => void (await (await team.as('mei')).createApiToken('load test', 30)));
  await clock.ago(
    2 * DAY,
    async () => void (await (await team.as('jonas')).signInTerminal('culvert on jonas-desktop')),
  );
  await clock.ago(
    HOUR,
    async () => void (await (await team.as('ada')).signInTerminal('culvert on ada-laptop')),
  );
  const { userCode } = await (await team.as('ada')).askForTerminal('culvert on ada-workstation');
  return {
    teamId: team.id,
    signedInAs: 'ada',
    links: { device: `/device?code=${userCode}`, deviceUnknown: '/device?code=BCDF-GHJK' },
  };
};
