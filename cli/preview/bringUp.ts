import type { Preview, PreviewIsUp } from '../../contract/previews.ts';
import type { Invocation } from '../invocation.ts';
import { awaitPreview } from './awaitPreview.ts';
import type { CheckTarget } from './checkTarget.ts';
import type { PreviewConnection } from './connectPreviews.ts';
import { joinHere, leaveHere, requireJoinable } from './joinHere.ts';
import { carryOut } from './run.ts';
import type { Subject } from './subject.ts';

export type Wanted = {
  vpn: string;
  /** Seconds; null: as the server has it. */
  ttl: number | null;
  join: boolean;
  wait: boolean;
  check: CheckTarget | null;
  /** Seconds. */
  timeout: number;
};

/** `waited`: whether its tunnels are known to be up. */
export type BroughtUp = { answer: PreviewIsUp; preview: Preview; waited: boolean };

/** A day: the server takes no more. */
const LONGEST_RUN = 86_400;

/**
 * Makes the preview or finds it, has this machine join it where it is to, and waits.
 *
 * @throws CliError after the run’s end and what exists were said
 */
export async function bringUp(
  invocation: Invocation,
  connection: PreviewConnection,
  subject: Subject,
  { vpn, ttl, join, wait, check, timeout }: Wanted,
): Promise<BroughtUp> {
  const { context, out } = invocation;
  const deadline = context.clock.now() + timeout * 1000;
  const shell = join ? await requireJoinable() : null;
  // An earlier job of this machine may have left an agent that is a replica of another preview.
  if (join && (await leaveHere(invocation, connection.server)))
    out.say('Left the preview of an earlier run.');
  const answer = await connection.previews.post<PreviewIsUp>('', {
    vpn,
    ...subject,
    ...(ttl === null ? {} : { ttlSeconds: ttl }),
    runningForSeconds: Math.min(LONGEST_RUN, connection.pipeline?.runningForSeconds ?? 0),
    ephemeral: join,
  });
  const { preview } = answer;
  out.say(
    `${answer.created ? 'Made' : 'Found'} the preview of ${preview.change} of ${preview.repository}: workspace ${preview.workspace?.name ?? ''}, VPN ${preview.vpn?.name ?? vpn}.`,
  );
  return await carryOut({ invocation, connection, answer, joined: join }, async () => {
    const own = shell === null ? null : await joinHere(invocation, shell, { ...connection, ...answer });
    // Where nothing has joined yet, the join command has to get somewhere first.
    const waited = wait && (own !== null || preview.replicas.online > 0);
    if (!waited) return { answer, preview, waited };
    const up = await awaitPreview(invocation, connection, preview, { own, check, deadline });
    return { answer, preview: up, waited };
  });
}
