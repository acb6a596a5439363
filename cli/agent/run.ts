import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { withInstallOptions, type InstallOptions } from './installOptions.ts';

export function addAgentRun(agent: Command, context: Context): void {
  const command = leaf(agent, 'run', {
    summary: 'Make this machine a replica for as long as the command runs',
    more:
      'The agent runs in the foreground, for containers and for trying things out: without a service, and with its log on stdout. Ctrl-C ends it ' +
      'and takes its tunnels down.',
    workspace: true,
    examples: [{ line: 'culvert agent run --workspace backend', does: 'A replica of backend, until Ctrl-C' }],
  });
  withInstallOptions(command).action(
    action(context, async (invocation, options: InstallOptions) => {
      const { installAgent } = await import('./installAgent.ts');
      const print = (line: string) => context.stdout.write(`${line}\n`);
      const { exit } = await installAgent(invocation, { ...options, foreground: true }, print);
      return exit;
    }),
  );
}
