import type { Ref } from '../contract/lists.ts';
import type { Session } from '../contract/session.ts';
import { createApi, type Api } from './api.ts';
import { CliError } from './cliError.ts';
import { readConfig, type Config, type SignedInTeam } from './config.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exitCodes.ts';
import type { CommonOptions } from './invocation.ts';
import { serverOrigin } from './serverOrigin.ts';

export type Connection = {
  /** Origin. */
  server: string;
  token: string;
  team: Ref;
  /** Everything below /api/v1. */
  api: Api;
  /** Everything below this team. */
  teamApi: Api;
};

/** Which server is meant: the option or the variable, else the one of the last sign-in; null: none. */
export async function chosenServer(context: Context, common: CommonOptions): Promise<string | null> {
  if (common.server) return serverOrigin(common.server);
  return (await readConfig(context.configFile)).server;
}

/**
 * Finds server, token and team. CULVERT_TOKEN comes before what `culvert login` kept; a kept token goes to the server that gave it
 * and to no other.
 */
export async function connect(context: Context, common: CommonOptions): Promise<Connection> {
  const config = await readConfig(context.configFile);
  const server = common.server ? serverOrigin(common.server) : config.server;
  if (server === null) {
    throw signInFirst(
      'No server is known yet.',
      'Sign in: culvert login --server https://culvert.example.com',
    );
  }
  const token = context.env['CULVERT_TOKEN']?.trim();
  if (token) {
    const api = createApi(context, server, token);
    return connection(api, { server, token, team: await teamOfToken(api, common.team) });
  }
  const { id, name, token: kept } = keptTeam(config, server, common.team);
  return connection(createApi(context, server, kept), { server, token: kept, team: { id, name } });
}

const connection = (api: Api, found: Pick<Connection, 'server' | 'token' | 'team'>): Connection => ({
  ...found,
  api,
  teamApi: api.below(`/teams/${encodeURIComponent(found.team.id)}`),
});

function keptTeam(config: Config, server: string, wanted: string | undefined): SignedInTeam {
  const known = config.servers[server];
  if (!known || known.teams.length === 0) {
    throw signInFirst(`You are not signed in to ${server}.`, `Sign in: culvert login --server ${server}`);
  }
  const team = findTeam(known.teams, wanted ?? known.team);
  if (team) return team;
  const names = known.teams.map(({ name }) => `“${name}”`).join(', ');
  throw signInFirst(
    `You are signed in to ${server} for ${names}, not for “${wanted ?? known.team}”.`,
    `Sign in once more and choose that team: culvert login --server ${server}`,
  );
}

/** An API token acts in one team. */
async function teamOfToken(api: Api, wanted: string | undefined): Promise<Ref> {
  const { teams } = await api.get<Session>('/session');
  const team = wanted === undefined ? teams[0] : findTeam(teams, wanted);
  if (team) return { id: team.id, name: team.name };
  const theirs = teams.map(({ name }) => `“${name}”`).join(', ') || 'no team';
  throw new CliError(
    `The token in CULVERT_TOKEN is for ${theirs}${wanted === undefined ? '' : `, not for “${wanted}”`}.`,
    {
      exit: exitCodes.forbidden,
      code: 'other_team',
    },
  );
}

/** By id, else by name. */
export const findTeam = <Team extends Ref>(teams: readonly Team[], wanted: string): Team | undefined =>
  teams.find(({ id }) => id === wanted) ??
  teams.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase());

const signInFirst = (message: string, advice: string) =>
  new CliError(message, { exit: exitCodes.signIn, advice, code: 'not_signed_in' });
