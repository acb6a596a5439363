import type { Command } from 'commander';
import { isLoopbackHost } from '../../contract/loopbackHost.ts';
import { createApi } from '../api.ts';
import { readConfig, writeConfig, type SignedInTeam } from '../config.ts';
import { chosenServer, findTeam } from '../connection.ts';
import { CliError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { action, type CommonOptions } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { serverOrigin } from '../serverOrigin.ts';
import { signInByDevice } from './deviceSignIn.ts';
import { signInByToken } from './tokenSignIn.ts';

export function addLogin(program: Command, context: Context): void {
  leaf(program, 'login', {
    summary: 'Sign in',
    more:
      'Shows a code and an address; somebody who is signed in there compares the code, chooses the team and allows it. What comes back is an ' +
      'API token for that team, kept for this user alone in $XDG_CONFIG_HOME/culvert/config.json. Sign in again for another team.',
    examples: [
      { line: 'culvert login --server https://culvert.example.com', does: 'Sign in by the browser' },
      {
        line: 'culvert login --server https://culvert.example.com --with-token < token.txt',
        does: 'Keep an API token that was made on the dashboard; it is read from stdin, never from an argument',
      },
    ],
  })
    .option('--with-token', 'read an API token from stdin instead')
    .action(
      action(context, async ({ out, common }, { withToken }: { withToken?: boolean }) => {
        const server = await wantedServer(context, common);
        const { protocol, hostname } = new URL(server);
        if (protocol === 'http:' && !isLoopbackHost(hostname)) {
          out.say(`${server} is reached without TLS: your token crosses the network in the clear.`);
        }
        const api = createApi(context, server, null);
        const signedIn = withToken
          ? await signInByToken(context, server)
          : await signInByDevice(context, api, out);
        if (common.team && !findTeam([signedIn], common.team)) {
          throw new CliError(`This signs in for the team “${signedIn.name}”, not for “${common.team}”.`, {
            exit: exitCodes.forbidden,
            advice: 'Leave --team out, or choose that team in the browser.',
            code: 'other_team',
          });
        }
        await keep(context, server, signedIn);
        if (context.env['CULVERT_TOKEN']) {
          out.say('CULVERT_TOKEN is set and comes before this sign-in, until you unset it.');
        }
        const { token: _, id, name, ...rest } = signedIn;
        out.result({ server, team: { id, name }, ...rest }, () => signedInText({ ...signedIn, server }));
      }),
    );
}

const signedInText = ({ server, name, user }: SignedInTeam & { server: string }) =>
  `Signed in to ${server} as ${user.name}, for the team ${name}.`;

async function wantedServer(context: Context, common: CommonOptions): Promise<string> {
  const known = await chosenServer(context, common);
  if (known !== null) return known;
  if (!context.stdin.isTTY) {
    throw new CliError('Which server?', {
      exit: exitCodes.usage,
      advice: 'Name it: culvert login --server https://culvert.example.com',
      code: 'usage',
    });
  }
  return serverOrigin(await context.stdin.ask('Address of the server: ', false));
}

/** Another sign-in for the same team is replaced; this server and this team are meant from now on. */
async function keep({ configFile }: Context, server: string, signedIn: SignedInTeam): Promise<void> {
  const config = await readConfig(configFile);
  const others = (config.servers[server]?.teams ?? []).filter(({ id }) => id !== signedIn.id);
  await writeConfig(configFile, {
    server,
    servers: { ...config.servers, [server]: { team: signedIn.id, teams: [...others, signedIn] } },
  });
}
