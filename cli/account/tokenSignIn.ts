import type { Session } from '../../contract/session.ts';
import { createApi } from '../api.ts';
import { CliError, usageError } from '../cliError.ts';
import type { SignedInTeam } from '../config.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';

/** As the server makes them, or of the operator’s own making (CULVERT_ADMIN_TOKEN); never one that is made for something else. */
const apiToken = /^(?:culv_api_[\w-]+|(?!culv_)[\w-]{32,200})$/;

/** Asks the server whom the token on stdin belongs to, and for which team. */
export async function signInByToken(context: Context, server: string): Promise<SignedInTeam> {
  const { stdin } = context;
  const text = stdin.isTTY ? await stdin.ask('API token: ', true) : await stdin.read();
  const token = text.trim();
  if (!apiToken.test(token)) {
    throw usageError(
      'What stdin holds is no API token.',
      'Make one in the dashboard, Settings, API tokens; then: culvert login --with-token < token.txt',
    );
  }
  const { user, teams } = await createApi(context, server, token).get<Session>('/session');
  const [team] = teams;
  if (!user || !team) {
    throw new CliError('This token’s team has gone, or its owner left it.', {
      exit: exitCodes.signIn,
      code: 'no_team',
    });
  }
  return {
    id: team.id,
    name: team.name,
    token,
    user: { id: user.id, name: user.name },
    expiresAt: null,
  };
}
