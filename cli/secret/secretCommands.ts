import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addSecretDelete } from './delete.ts';
import { addSecretList } from './list.ts';
import { addSecretSet } from './set.ts';

export function addSecretCommands(program: Command, context: Context): void {
  const secret = group(program, 'secret', 'Secrets for the replicas of workspaces');
  addSecretList(secret, context);
  addSecretSet(secret, context);
  addSecretDelete(secret, context);
}
