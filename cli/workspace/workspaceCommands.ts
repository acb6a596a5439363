import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addWorkspaceConnect } from './connect.ts';
import { addWorkspaceDisconnect } from './disconnect.ts';
import { addWorkspaceList } from './list.ts';

export function addWorkspaceCommands(program: Command, context: Context): void {
  const workspace = group(program, 'workspace', 'Workspaces of a team');
  addWorkspaceList(workspace, context);
  addWorkspaceConnect(workspace, context);
  addWorkspaceDisconnect(workspace, context);
}
