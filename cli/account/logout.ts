import type { Command } from 'commander';
import { apiPath, createApi } from '../api.ts';
import { CliError } from '../cliError.ts';
import { readConfig, writeConfig, type KnownServer, type SignedInTeam } from '../config.ts';
import { chosenServer, findTeam } from '../connection.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';

export function addLogout(program: Command, context: Context): void {
  leaf(program, 'logout', {
    summary: 'Sign out',
    more: 'Revokes the tokens that this machine keeps for the server, and forgets them. With --team: that of one team.',
    examples: [
      { line: 'culvert logout', does: 'Of all teams of the server that was used last' },
      { line: 'culvert logout --team Acme', does: 'Of one team' },
    ],
  }).action(
    action(context, async ({ out, common }) => {
      const config = await readConfig(context.configFile);
      const server = await chosenServer(context, common);
      const known = server === null ? undefined : config.servers[server];
      const leaving = known?.teams.filter((team) => !common.team || findTeam([team], common.team)) ?? [];
      if (server === null || !known || leaving.length === 0) {
        throw new CliError('You are not signed in there.', {
          exit: exitCodes.signIn,
          code: 'not_signed_in',
          advice: 'culvert status shows where you are.',
        });
      }
      for (const team of leaving) await revoke(context, server, team, out.say);
      const { [server]: _, ...servers } = config.servers;
      const rest = without(known, leaving);
      await writeConfig(context.configFile, {
        server: config.server,
        servers: rest === null ? servers : { ...servers, [server]: rest },
      });
      const teams = leaving.map(({ id, name }) => ({ id, name }));
      out.result({ server, teams }, () =>
        teams.map(({ name }) => `Signed out of ${server}, team ${name}.`).join('\n'),
      );
    }),
  );
}

/** What stays; null: nothing. */
function without({ team, teams }: KnownServer, leaving: readonly SignedInTeam[]): KnownServer | null {
  const staying = teams.filter((entry) => !leaving.includes(entry));
  const [first] = staying;
  if (!first) return null;
  return { team: staying.some(({ id }) => id === team) ? team : first.id, teams: staying };
}

/** A token that can’t be revoked is forgotten all the same, and said. */
async function revoke(
  context: Context,
  server: string,
  team: SignedInTeam,
  say: (text: string) => void,
): Promise<void> {
  try {
    await createApi(context, server, team.token).delete(apiPath`/teams/${team.id}/api-tokens/current`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (error.exit === exitCodes.signIn) return;
    say(`The token for ${team.name} could not be revoked: ${error.message} Revoke it on your account page.`);
  }
}
