import type { Command } from 'commander';
import { apiPath } from '../api.ts';
import { CliError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { findSecret, levelOf, secretText, withLevel, type LevelOptions } from './level.ts';

export function addSecretDelete(secret: Command, context: Context): void {
  const command = leaf(secret, 'delete', {
    summary: 'Delete a secret',
    more: 'Replicas that have it keep it until their next start.',
    examples: [
      { line: 'culvert secret delete DATABASE_URL', does: 'One of your own' },
      { line: 'culvert secret delete NPM_TOKEN --of-team', does: 'One of the team’s' },
    ],
  }).argument('<name>', 'its name');
  withLevel(command).action(
    action(context, async ({ connect, out }, name: string, options: LevelOptions) => {
      const { teamApi } = await connect();
      const level = levelOf(options);
      const found = await findSecret(teamApi, level, name);
      if (!found) {
        throw new CliError(`There is no secret ${name}.`, {
          exit: exitCodes.notFound,
          code: 'not_found',
          advice: `See which there are: culvert secret list${level === 'team' ? ' --of-team' : ''}`,
        });
      }
      await teamApi.delete(apiPath`/secrets/${found.id}`);
      out.result({ deleted: found.id }, () => `Deleted ${secretText(found)}.`);
    }),
  );
}
