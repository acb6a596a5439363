import { Argument, type Command } from 'commander';
import { chosenWorkspace } from '../chosenWorkspace.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { portPair, type PortPair } from './portPair.ts';
import { requireReachable } from './reachablePort.ts';

export function addPortsForward(ports: Command, context: Context): void {
  leaf(ports, 'forward', {
    summary: 'Open ports of a workspace on this machine',
    more:
      'HTTP and any other protocol over TCP: databases, SSH, debuggers. Listens on 127.0.0.1, until Ctrl-C or until you may not reach the port ' +
      'any more. Your own ports are forwarded first, privately, if they aren’t yet.',
    workspace: true,
    examples: [
      { line: 'culvert ports forward 3000 --workspace backend', does: 'Port 3000 at 127.0.0.1:3000' },
      {
        line: 'culvert ports forward 5432:15432 6379:0 --workspace backend',
        does: 'The database at 127.0.0.1:15432, and Redis at a port that is free',
      },
    ],
  })
    .addArgument(
      new Argument('<ports...>', 'port of the workspace, and the one here: 3000, or 5432:15432').argParser(
        portPair,
      ),
    )
    .action(
      action(context, async ({ connect, out, common }, pairs: PortPair[]) => {
        const workspace = chosenWorkspace(common);
        const connection = await connect();
        const wanted = pairs.map(({ port }) => port);
        await requireReachable(connection.teamApi, out, workspace, wanted);
        const { listen } = await import('./listen.ts');
        const listening = await listen({
          connection,
          workspace,
          pairs,
          say: out.say,
          signal: context.signal,
        });
        out.result({ items: listening.addresses }, () =>
          listening.addresses
            .map(({ port, host, local }) => `${host}:${local} leads to port ${port} of ${workspace}`)
            .join('\n'),
        );
        await listening.ended;
      }),
    );
}
