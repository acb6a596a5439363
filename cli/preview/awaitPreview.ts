import type { Preview, PreviewChecked } from '../../contract/previews.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import { apiPath } from '../api.ts';
import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Invocation } from '../invocation.ts';
import { checkText, type CheckTarget } from './checkTarget.ts';
import type { PreviewConnection } from './connectPreviews.ts';
import { diagnosisLines, failureOf } from './diagnosisLines.ts';
import { judgeTunnels } from './judgeTunnels.ts';

export type Waiting = {
  /** Name of the replica that this machine is; null: all that are there count. */
  own: string | null;
  check: CheckTarget | null;
  /** Milliseconds since the epoch. */
  deadline: number;
};

const POLL_MS = 300;
/** What listens in the private network may have to start, but not for long: a wrong address should be told soon. */
const CHECK_MS = 60_000;

/**
 * Waits until the tunnels of a preview are up and what is to be checked answered through them.
 *
 * @throws CliError (tunnel failed) with the tunnel’s diagnosis, said before; (time-out); or where the preview is gone meanwhile
 */
export async function awaitPreview(
  { context, out }: Invocation,
  { previews }: Pick<PreviewConnection, 'previews'>,
  preview: Preview,
  waiting: Waiting,
): Promise<Preview> {
  const { clock } = context;
  const progress = out.progress('Waiting for the tunnels…');
  try {
    for (;;) {
      const now = await previews.get<Preview>(apiPath`/${preview.id}`);
      if (now.state === 'removed') throw gone(now);
      const judgement = judgeTunnels(now, waiting.own);
      if (judgement.state === 'failed') throw tunnelFailed(out, judgement.tunnel);
      if (judgement.state === 'up') {
        if (waiting.check !== null) {
          progress.update(`Tunnels are up. Checking ${checkText(waiting.check)}…`);
          await awaitCheck(previews, now, waiting.check, waiting, clock);
        }
        return now;
      }
      progress.update(judgement.text);
      if (clock.now() > waiting.deadline) {
        if (judgement.failing !== null) throw tunnelFailed(out, judgement.failing);
        throw new CliError(`The tunnels aren’t up in time. ${judgement.text}`, {
          exit: exitCodes.timeout,
          code: 'timeout',
        });
      }
      await clock.wait(POLL_MS);
    }
  } finally {
    progress.stop();
  }
}

async function awaitCheck(
  previews: PreviewConnection['previews'],
  { id }: Preview,
  target: CheckTarget,
  { own, deadline }: Waiting,
  clock: Invocation['context']['clock'],
): Promise<void> {
  const until = Math.min(deadline, clock.now() + CHECK_MS);
  for (;;) {
    const checked = await previews.post<PreviewChecked>(apiPath`/${id}/checks`, target);
    const results = checked.results.filter(({ replica }) => own === null || replica === own);
    if (results.length > 0 && results.every(({ answered }) => answered)) return;
    if (clock.now() > until) {
      const why = results
        .filter(({ answered }) => !answered)
        .map(({ replica, message }) => `${replica}: ${message}`);
      throw new CliError(
        `${checkText(target)} doesn’t answer through the tunnel. ${why.join('; ').replace(/\s+/g, ' ')}`,
        {
          exit: exitCodes.tunnelFailed,
          code: 'check_failed',
          advice: 'The tunnel is up: look at firewalls behind the gateway, and at what listens there.',
        },
      );
    }
    await clock.wait(1000);
  }
}

function tunnelFailed(out: Invocation['out'], tunnel: Tunnel): CliError {
  for (const line of diagnosisLines(tunnel)) out.say(line);
  return new CliError(failureOf(tunnel), {
    exit: exitCodes.tunnelFailed,
    code: tunnel.diagnosis?.code ?? 'tunnel_failed',
  });
}

function gone({ removedReason, change }: Preview): CliError {
  const how =
    removedReason === 'down' ? 'was taken down' : removedReason === 'expired' ? 'has expired' : 'was deleted';
  return new CliError(`The preview of ${change} ${how} while this run waited for it.`, {
    code: 'preview_removed',
  });
}
