import { Option, type Command } from 'commander';
import type { Secret } from '../../contract/secretsApi.ts';
import { apiPath } from '../api.ts';
import { CliError, usageError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { findSecret, levelOf, secretText, withLevel, type LevelOptions } from './level.ts';

type Options = LevelOptions & {
  fromFile?: string;
  delivery?: Secret['delivery'];
  for?: string[];
  forAll?: boolean;
  previews?: boolean;
};

export function addSecretSet(secret: Command, context: Context): void {
  const command = leaf(secret, 'set', {
    summary: 'Add a secret, or replace its value',
    more: 'The value is asked for, unseen, or read from stdin (without the line break at its end) or from a file (as it is): never from an argument, which other programs of this machine could read. What isn’t said of an existing secret stays. Replicas get it at their next start.',
    examples: [
      { line: 'culvert secret set DATABASE_URL < url.txt', does: 'One of your own, for all your workspaces' },
      {
        line: 'culvert secret set TLS_KEY --from-file key.pem --delivery file --for backend',
        does: 'As a file in one workspace; the variable TLS_KEY holds its path',
      },
      {
        line: 'culvert secret set NPM_TOKEN --of-team --previews < token.txt',
        does: 'One of the team’s, which workspaces of pipelines get too',
      },
    ],
  })
    .argument('<name>', 'letters, digits and underscores')
    .option('--from-file <path>', 'file with the value')
    .addOption(
      new Option('--delivery <way>', 'as a variable, or as a file that the variable names').choices([
        'environment',
        'file',
      ]),
    )
    .option('--for <workspace...>', 'only for these workspaces')
    .addOption(new Option('--for-all', 'for all of them').conflicts('for'))
    .option('--previews', 'also in workspaces of pipelines')
    .option('--no-previews', 'not there');
  withLevel(command).action(
    action(context, async ({ connect, out }, name: string, options: Options) => {
      const { teamApi } = await connect();
      const value = await readValue(context, name, options.fromFile);
      const level = levelOf(options);
      const before = await findSecret(teamApi, level, name);
      const wanted = {
        value,
        ...(options.delivery === undefined ? {} : { delivery: options.delivery }),
        ...(options.for === undefined ? {} : { workspaces: options.for }),
        ...(options.forAll ? { workspaces: null } : {}),
        ...(options.previews === undefined ? {} : { previews: options.previews }),
      };
      const stored = before
        ? await teamApi.patch<Secret>(apiPath`/secrets/${before.id}`, wanted, { ifMatch: before.revision })
        : await teamApi.post<Secret>('/secrets', { level, name, ...wanted });
      const deed = before ? 'Replaced the value of' : 'Added';
      out.result(stored, () => `${deed} ${secretText(stored)}. Replicas get it at their next start.`);
    }),
  );
}

async function readValue(context: Context, name: string, file: string | undefined): Promise<string> {
  if (file !== undefined) {
    try {
      return await context.readFile(file);
    } catch (error) {
      throw new CliError(`${file} can’t be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  const { stdin } = context;
  const value = stdin.isTTY
    ? await stdin.ask(`Value of ${name}: `, true)
    : (await stdin.read()).replace(/\r?\n$/, '');
  if (value !== '') return value;
  throw usageError('There is no value.', `Pipe it in: culvert secret set ${name} < file`);
}
