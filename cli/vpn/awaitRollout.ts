import type { Rollout } from '../../contract/rollouts.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { apiPath, type Api } from '../api.ts';
import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Invocation } from '../invocation.ts';
import { diagnosisText } from '../tunnelText.ts';

const LOOK_EVERY_MS = 500;

/**
 * Waits until a change that was just made has reached the replicas; null where it had none to reach.
 *
 * @throws CliError (tunnel failed) where a replica went back, with why, said before
 */
export async function awaitRollout(
  { context, out }: Invocation,
  teamApi: Api,
  vpn: Vpn,
): Promise<Rollout | null> {
  const begun = vpn.rollout?.id;
  if (begun === undefined) return null;
  const progress = out.progress('Waiting for the replicas…');
  try {
    for (;;) {
      const rollout = await teamApi.get<Rollout>(apiPath`/vpns/${vpn.id}/rollout`);
      // Another change has taken its place: this one is over.
      if (rollout.id !== begun || rollout.state === 'completed') return rollout;
      if (rollout.state !== 'running') {
        progress.stop();
        throw goneBack(rollout, out.say);
      }
      const done = rollout.replicas.filter(({ state }) => state === 'changed').length;
      const waiting = rollout.waitingFor === null ? '' : ` ${rollout.waitingFor}`;
      progress.update(`${done} of ${rollout.replicas.length} replicas have the change.${waiting}`);
      await context.clock.wait(LOOK_EVERY_MS);
    }
  } finally {
    progress.stop();
  }
}

function goneBack({ vpn, state, replicas }: Rollout, say: (text: string) => void): CliError {
  for (const { replica, state: outcome, reason, diagnosis } of replicas) {
    if (outcome !== 'went-back') continue;
    say(
      `${replica.name} went back: ${diagnosis ? diagnosisText(diagnosis) : (reason ?? 'it did not come up.')}`,
    );
  }
  const sentence = {
    paused: `The change of ${vpn.name} is paused: the other replicas keep the old settings for now.`,
    'rolled-back': `Somebody took the change of ${vpn.name} back.`,
  };
  return new CliError(
    state === 'paused' || state === 'rolled-back'
      ? sentence[state]
      : `The change of ${vpn.name} failed at its first replica. All of them have the old settings.`,
    {
      exit: exitCodes.tunnelFailed,
      code: 'tunnel_failed',
      ...(state === 'paused' ? { advice: 'Go on or take it back on the VPN’s page of the dashboard.' } : {}),
    },
  );
}
