import type { Session } from '../../contract/session.ts';
import { issueToken } from '../../server/session/tokens.ts';
import { HOUR } from './clock.ts';
import { openSession } from './openSession.ts';
import { type PersonName, password, people, teamName } from './people.ts';
import { TeamApi } from './teamApi.ts';
import type { World } from './world.ts';

export type FoundedTeam = {
  id: string;
  /** Somebody of the team, signed in for the moment the clock stands at. */
  as(name: PersonName): Promise<TeamApi>;
  /** Lets somebody into the team by invitation, with the role they have in `people`. */
  welcome(name: PersonName): Promise<void>;
};

/** Makes the first admin and the team through a setup link, as on a new server. */
export async function foundTeam(world: World): Promise<FoundedTeam> {
  const { name, email } = people.ada;
  const link = await setupToken(world);
  const session: Session = await world
    .newBrowser()
    .json('POST', '/api/v1/setup', { token: link, teamName, name, email, password });
  const id = teamOf(session);

  const as = async (person: PersonName) => {
    const browser = world.newBrowser();
    await openSession(world, browser, people[person].email);
    return new TeamApi(browser, id);
  };
  return {
    id,
    as,
    welcome: async (person) => {
      const guest = people[person];
      const { url } = await (await as('ada')).invite(guest.role);
      await world.newBrowser().json('POST', '/api/v1/invitations/accept', {
        token: new URL(url).hash.slice(1),
        account: { name: guest.name, email: guest.email, password },
      });
    },
  };
}

/** The secret of a link to /setup. */
export async function setupToken({ deps }: World): Promise<string> {
  const { text } = await issueToken(deps.db, deps.clock, { kind: 'setup', lifetimeMs: HOUR });
  return text;
}

function teamOf(session: Session): string {
  const [team] = session.teams;
  if (team === undefined) throw new Error('The setup made no team.');
  return team.id;
}
