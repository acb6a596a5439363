import type { Command } from 'commander';
import type { Secret } from '../../contract/secretsApi.ts';
import type { Api } from '../api.ts';

export type LevelOptions = { ofTeam?: boolean };

/** Adds the option that says whose secrets are meant. */
export const withLevel = (command: Command): Command =>
  command.option('--of-team', 'the team’s secrets instead of your own (admins)');

export const levelOf = ({ ofTeam }: LevelOptions): Secret['level'] => (ofTeam ? 'team' : 'member');

/** A level's secret of this name, whatever its case. */
export async function findSecret(
  teamApi: Api,
  level: Secret['level'],
  name: string,
): Promise<Secret | undefined> {
  const { items } = await teamApi.all<Secret>('/secrets', { level });
  return items.find((secret) => secret.name === name.trim().toUpperCase());
}

/** How a message names one. */
export const secretText = ({ level, name }: Pick<Secret, 'level' | 'name'>): string =>
  level === 'team' ? `the team’s secret ${name}` : `your secret ${name}`;
