import type { Command } from 'commander';
import type { Secret, WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { apiPath } from '../api.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { table } from '../table.ts';
import { levelOf, withLevel, type LevelOptions } from './level.ts';

type Options = LevelOptions & { for?: string };

export function addSecretList(secret: Command, context: Context): void {
  const command = leaf(secret, 'list', {
    summary: 'List secrets',
    more: 'Names and where they go. A value can’t be read back.',
    examples: [
      { line: 'culvert secret list', does: 'Your own' },
      { line: 'culvert secret list --of-team', does: 'The team’s' },
      {
        line: 'culvert secret list --for backend',
        does: 'What replicas of a workspace get at their next start',
      },
    ],
  }).option(
    '--for <workspace>',
    'those that a workspace gets, and which of its replicas run with older ones',
  );
  withLevel(command).action(
    action(context, async ({ connect, out }, options: Options) => {
      const { teamApi } = await connect();
      if (options.for !== undefined) {
        const given = await teamApi.get<WorkspaceSecrets>(apiPath`/workspaces/${options.for}/secrets`);
        const older = given.replicas.filter(({ online, state }) => online && state === 'older');
        if (older.length > 0) {
          const names = older.map(({ replica }) => replica.name).join(', ');
          out.say(`Restart what runs with older ones: ${names}.`);
        }
        out.result(given, () => givenText(given, out.style.bold));
        return;
      }
      const secrets = await teamApi.all<Secret>('/secrets', { level: levelOf(options) });
      out.result(secrets, () => secretsText(secrets.items, out.style.bold));
    }),
  );
}

const secretsText = (secrets: readonly Secret[], heading: (text: string) => string): string =>
  secrets.length === 0
    ? 'There are no secrets.'
    : table(
        ['NAME', 'DELIVERED AS', 'WORKSPACES', 'CHANGED'],
        secrets.map(({ name, delivery, workspaces, previews, updatedAt }) => [
          name,
          delivery,
          `${workspacesText(workspaces)}${previews ? ', previews' : ''}`,
          updatedAt.slice(0, 10),
        ]),
        heading,
      );

function workspacesText(workspaces: Secret['workspaces']): string {
  if (workspaces === null) return 'all';
  return workspaces.map(({ name }) => name).join(', ') || 'none';
}

const givenText = ({ items }: WorkspaceSecrets, heading: (text: string) => string): string =>
  items.length === 0
    ? 'Replicas of this workspace get no secrets.'
    : table(
        ['NAME', 'DELIVERED AS', 'OF'],
        items.map(({ name, delivery, level }) => [
          name,
          delivery,
          level === 'team' ? 'the team' : 'the owner',
        ]),
        heading,
      );
