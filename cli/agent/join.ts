import type { Command } from 'commander';
import { CliError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { withInstallOptions, type InstallOptions } from './installOptions.ts';

export function addAgentJoin(agent: Command, context: Context): void {
  const command = leaf(agent, 'join', {
    summary: 'Make this machine a replica of a workspace',
    more:
      'Installs the agent as a service, as the command on the workspace’s Replicas page does. Needs Linux and root; sudo is asked where it is ' +
      'there. On a machine that is a replica already, it goes over to this workspace.',
    workspace: true,
    examples: [
      { line: 'culvert agent join --workspace backend', does: 'This machine becomes a replica of backend' },
      {
        line: 'culvert agent join --workspace backend --with-strongswan --name builder',
        does: 'With what IPsec needs, and under another name',
      },
    ],
  });
  withInstallOptions(command).action(
    action(context, async (invocation, options: InstallOptions) => {
      const { out } = invocation;
      const { installAgent } = await import('./installAgent.ts');
      const { exit, replica, last } = await installAgent(invocation, options, out.say);
      if (exit !== 0 || replica === null) {
        const why = last.replace(/^culvert: /, '') || 'the installer ended without a word';
        throw new CliError(`This machine did not become a replica: ${why}`, { code: 'join_failed' });
      }
      out.result({ replica }, () => replica);
    }),
  );
}
