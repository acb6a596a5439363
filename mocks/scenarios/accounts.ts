import { DAY } from '../world/clock.ts';
import { foundTeam, setupToken } from '../world/foundTeam.ts';
import { people } from '../world/people.ts';
import { mixed } from './mixed.ts';
import { makeGatewayLinks } from './gatewayLinks.ts';
import type { Scenario } from './scenario.ts';
import { pathOf } from './pathOf.ts';
import { establishedTeam } from './teams.ts';

/** A new server: nobody has an account. The link `setup` makes the first one. */
export const setup: Scenario = async (world) => ({
  teamId: null,
  signedInAs: null,
  links: { setup: `/setup#${await setupToken(world)}` },
});

/** A team of one, who has just made it: no VPN, no workspace. */
export const empty: Scenario = async (world) => {
  const team = await foundTeam(world);
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

/**
 * Nobody is signed in on this browser; the links `invitation`, `reset` and `gateway` are good, `gatewayExpired` and
 * `gatewayRevoked` no longer.
 */
export const signedOut: Scenario = async (world) => {
  const team = await world.clock.ago(2 * DAY, () => establishedTeam(world));
  const ada = await team.as('ada');
  const invitation = await ada.invite('member');
  const members = await ada.members();
  const mei = members.items.find((member) => member.email === people.mei.email);
  if (mei === undefined) throw new Error('Mei is not in the team.');
  const reset = await ada.resetLink(mei.id);
  return {
    teamId: team.id,
    signedInAs: null,
    links: {
      invitation: pathOf(invitation.url),
      reset: pathOf(reset.url),
      ...(await makeGatewayLinks(world, team)),
    },
  };
};

/** The mixed team as somebody sees it who isn't an admin. */
export const member: Scenario = async (world) => ({ ...(await mixed(world)), signedInAs: 'mei' });
