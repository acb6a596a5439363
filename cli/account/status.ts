import type { Command } from 'commander';
import type { Session } from '../../contract/session.ts';
import { CliError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { facts } from '../facts.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { readConfig } from '../config.ts';
import { version } from '../version.ts';

export function addStatus(program: Command, context: Context): void {
  leaf(program, 'status', {
    summary: 'Say who you are, where, and in which team',
    more: 'Ends with 4 where you aren’t signed in, so that a script can ask.',
    examples: [
      { line: 'culvert status', does: 'Ask the server whom it takes you for' },
      { line: 'culvert status --json', does: 'The same for a script' },
    ],
  }).action(
    action(context, async ({ connect, out }) => {
      const { server, team, api } = await connect();
      const session = await api.get<Session>('/session');
      const { user } = session;
      const membership = session.teams.find(({ id }) => id === team.id);
      if (!user || !membership) {
        throw new CliError(`You are no longer a member of ${team.name}.`, {
          exit: exitCodes.signIn,
          advice: `Sign in: culvert login --server ${server}`,
          code: 'not_signed_in',
        });
      }
      const { id, name, role } = membership;
      const kept = (await readConfig(context.configFile)).servers[server]?.teams ?? [];
      const from = context.env['CULVERT_TOKEN'] ? ('CULVERT_TOKEN' as const) : ('login' as const);
      const until = from === 'login' ? (kept.find((entry) => entry.id === id)?.expiresAt ?? null) : null;
      const value = {
        server,
        serverVersion: session.server.version,
        version,
        user,
        team: { id, name, role },
        signedInBy: from,
        expiresAt: until,
      };
      const others = kept.filter((entry) => entry.id !== id).map((entry) => entry.name);
      out.result(value, () =>
        facts(
          [
            ['Server', `${server} (${session.server.version})`],
            ['Signed in as', `${user.name}, ${user.email}`],
            ['Team', `${name} (${role})`],
            ['Other teams', others.length === 0 ? null : others.join(', ')],
            ['By', from === 'login' ? 'culvert login' : 'CULVERT_TOKEN'],
            ['Until', until === null ? null : until.slice(0, 10)],
            ['culvert', version],
          ],
          out.style.dim,
        ),
      );
    }),
  );
}
