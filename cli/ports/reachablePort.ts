import type { Port, PortList } from '../../contract/ports.ts';
import { apiPath, type Api } from '../api.ts';
import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';

/**
 * Sees to it that these ports can be connected to: the owner’s are forwarded first, privately, where they aren’t yet.
 *
 * @throws CliError (not found) for a port of somebody else’s that isn’t shared
 */
export async function requireReachable(
  teamApi: Api,
  out: Output,
  workspace: string,
  ports: readonly number[],
): Promise<void> {
  const { items, complete } = await teamApi.get<PortList>(apiPath`/workspaces/${workspace}/ports`);
  for (const port of ports) {
    const found = items.find((item) => item.port === port && item.forwarded);
    if (found) {
      warn(out, found, workspace);
    } else if (complete) {
      warn(out, await forward(teamApi, workspace, port), workspace);
      out.say(`Port ${port} of ${workspace} is forwarded now, privately.`);
    } else {
      throw new CliError(`Port ${port} of ${workspace} isn’t shared with you, or isn’t there.`, {
        exit: exitCodes.notFound,
        code: 'not_found',
        advice: 'Ask the workspace’s owner to share it with the organization.',
      });
    }
  }
}

const forward = (teamApi: Api, workspace: string, port: number): Promise<Port> =>
  teamApi.put<Port>(apiPath`/workspaces/${workspace}/ports/${String(port)}`, {});

function warn(out: Output, { port, status }: Port, workspace: string): void {
  if (status === 'not-listening') out.say(`Nothing listens on port ${port} of ${workspace} yet.`);
  if (status === 'no-replica') out.say(`${workspace} has no replica yet.`);
  if (status === 'replica-offline') out.say(`No replica of ${workspace} is connected at the moment.`);
}
