import type { Activity } from '../../contract/team.ts';
import { TRIAL_SECONDS, type VpnTrial } from '../../contract/vpnTrials.ts';
import { recordActivity } from '../activity/record.ts';
import type { TrialAnswer } from '../agents/hub.ts';
import type { Deps } from '../deps.ts';
import { conflict } from '../http/problem.ts';
import type { CheckedTrial } from './trialRequest.ts';
import { viewTrial } from './viewTrial.ts';

/** Why there is no outcome: the title of the problem, by what the hub answers. */
const refusals: Record<
  Exclude<TrialAnswer['kind'], 'tried'>,
  { code: string; title: (replica: string) => string }
> = {
  offline: {
    code: 'replica_offline',
    title: (replica) =>
      `${replica} isn’t connected to the server. Start the agent on it, or choose another replica.`,
  },
  outdated: {
    code: 'agent_outdated',
    title: (replica) =>
      `The agent on ${replica} is too old to test settings. Run the join command on it again to update it, or choose another replica.`,
  },
  busy: {
    code: 'trial_running',
    title: (replica) =>
      `${replica} is testing other settings. Wait a few seconds, or choose another replica.`,
  },
  silent: {
    code: 'replica_silent',
    title: (replica) => `${replica} didn’t say in time how it went. Test again, or choose another replica.`,
  },
  stopped: { code: 'trial_stopped', title: () => 'The test was stopped.' },
};

type Asked = {
  teamId: string;
  actor: Activity['actor'];
  /** Aborted when whoever asked is gone. */
  signal: AbortSignal;
};

/** Has the replica try, notes that it did, and says what came out. 409 where there is no outcome. */
export async function runTrial(
  { db, hub, bus, clock }: Deps,
  { vpn, settings, replica, stored }: CheckedTrial,
  { teamId, actor, signal }: Asked,
): Promise<VpnTrial> {
  const request = { id: vpn.id, vpn, timeoutMs: TRIAL_SECONDS * 1000 };
  const answer = await hub.tryOut(replica.id, request, signal);
  if (answer.kind !== 'tried' && answer.kind !== 'stopped') {
    const { code, title } = refusals[answer.kind];
    throw conflict(code, title(replica.name));
  }
  const workspace = { id: replica.workspaceId, name: replica.workspaceName };
  const at = new Date(clock.now()).toISOString();
  const trial =
    answer.kind === 'tried'
      ? viewTrial(answer.tried, {
          settings,
          localId: vpn.localId,
          replica: { id: replica.id, name: replica.name },
          workspace,
          at,
        })
      : null;
  await recordActivity(db, {
    teamId,
    now: clock.now(),
    actor,
    action: 'vpn.tested',
    // A VPN that isn't saved has no page of its own.
    subject:
      stored === null
        ? { kind: 'workspace', ...workspace }
        : { kind: 'vpn', id: stored.id, name: stored.name },
    summary: `Tested settings for ${stored === null ? 'a new VPN' : `the VPN ${stored.name}`} to the gateway ${settings.peerIp} with the replica ${replica.name}: ${outcomeWords(trial)}.`,
  });
  bus.publish(teamId, ['activity']);
  if (trial === null) throw conflict(refusals.stopped.code, refusals.stopped.title(replica.name));
  return trial;
}

function outcomeWords(trial: VpnTrial | null): string {
  if (trial === null) return 'stopped before it was certain';
  if (trial.outcome === 'up') return 'a tunnel would come up';
  return trial.diagnosis === null ? 'it failed' : `failed, ${trial.diagnosis.short}`;
}
