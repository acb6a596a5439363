import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addAgentJoin } from './join.ts';
import { addAgentRun } from './run.ts';

export function addAgentCommands(program: Command, context: Context): void {
  const agent = group(program, 'agent', 'The agent, which makes a machine a replica of a workspace');
  addAgentJoin(agent, context);
  addAgentRun(agent, context);
}
