import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addLogin } from './login.ts';
import { addLogout } from './logout.ts';
import { addStatus } from './status.ts';

export function addAccountCommands(program: Command, context: Context): void {
  addLogin(program, context);
  addLogout(program, context);
  addStatus(program, context);
}
