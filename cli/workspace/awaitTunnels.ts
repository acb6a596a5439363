import type { Tunnel } from '../../contract/tunnels.ts';
import { apiPath, type Api } from '../api.ts';
import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Invocation } from '../invocation.ts';
import { diagnosesText } from '../tunnelText.ts';

const LOOK_EVERY_MS = 500;

/**
 * Waits until the tunnels of all replicas of a workspace to one VPN are up. A replica that is offline isn’t waited for.
 *
 * @param timeout seconds
 * @throws CliError (tunnel failed) with the diagnosis, said before, once a try has failed twice; (time-out)
 */
export async function awaitTunnels(
  { context, out }: Invocation,
  teamApi: Api,
  { vpn, workspaceId, timeout }: { vpn: string; workspaceId: string; timeout: number },
): Promise<void> {
  const { clock } = context;
  const end = clock.now() + timeout * 1000;
  const progress = out.progress('Waiting for the tunnels…');
  try {
    for (;;) {
      const { items } = await teamApi.all<Tunnel>(apiPath`/vpns/${vpn}/tunnels`);
      const wanted = items.filter(
        ({ workspace, state }) => workspace.id === workspaceId && state !== 'offline',
      );
      const failed = wanted.filter(hasFailed);
      if (failed.length > 0) {
        progress.stop();
        out.say(diagnosesText(failed));
        const names = failed.map(({ replica }) => replica.name).join(', ');
        throw new CliError(`The tunnel of ${names} doesn’t come up.`, {
          exit: exitCodes.tunnelFailed,
          code: 'tunnel_failed',
        });
      }
      const up = wanted.filter(({ state }) => state === 'up').length;
      if (up === wanted.length) return;
      progress.update(`${up} of ${wanted.length} tunnels are up…`);
      if (clock.now() >= end) {
        throw new CliError(`After ${timeout} s, ${up} of ${wanted.length} tunnels are up.`, {
          exit: exitCodes.timeout,
          code: 'timeout',
          advice: 'They go on trying. Look again: culvert vpn show',
        });
      }
      await clock.wait(LOOK_EVERY_MS);
    }
  } finally {
    progress.stop();
  }
}

/** The first try may meet a gateway that is busy; the second one says the same only where something is wrong. */
const hasFailed = ({ state, attempt }: Tunnel): boolean =>
  state === 'unsupported' || (state === 'failed' && attempt >= 2);
