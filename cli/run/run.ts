import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';

export function addRun(program: Command, context: Context): void {
  leaf(program, 'run', {
    summary: 'Run a program with the secrets of this replica',
    more: 'On a replica of a workspace, as the user whom its secrets were delivered to. culvert becomes the program: signals and exit code are its own. It ends with 127 where there is no such program, with 126 where it can’t be run.',
    examples: [
      { line: 'culvert run -- npm start', does: 'Start the app with the secrets in its environment' },
      {
        line: 'culvert run -- sh -c \'psql "$DATABASE_URL"\'',
        does: 'Name a secret in a command line, where only that shell reads it',
      },
    ],
  })
    .argument('<command...>', 'the program and its arguments')
    .passThroughOptions()
    .action(
      action(context, async ({ out }, command: string[]) => {
        const [{ readDelivered }, { findProgram }, { tooLarge }] = await Promise.all([
          import('./readDelivered.ts'),
          import('./findProgram.ts'),
          import('./environmentSize.ts'),
        ]);
        const env = environmentOf(context);
        for (const { name, value } of readDelivered(context.env['CULVERT_SECRETS'] || undefined)) {
          env[name] = value;
        }
        const found = findProgram(command, env['PATH']);
        const problem = found.ok ? tooLarge(found.argv, env) : found.problem;
        if (found.ok && problem === null) return await context.become(found.file, found.argv, env);
        out.say(`culvert: ${problem ?? ''}`);
        if (found.ok) out.say('Deliver large secrets as files: culvert secret set NAME --delivery file');
        return found.ok ? 126 : found.exit;
      }),
    );
}

function environmentOf({ env }: Context): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) all[name] = value;
  return all;
}
