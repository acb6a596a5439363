import type { Activity } from '../../contract/team.ts';
import { TRIAL_SECONDS, type VpnTrial } from '../../contract/vpnTrials.ts';
import { recordActivity } from '../activity/record.ts';
import type { TrialAnswer } from '../agents/hub.ts';
import type { Deps } from '../deps.ts';
import { conflict } from '../http/problem.ts';
import type { CheckedTrial } from './trialRequest.ts';
import { viewTrial } from './viewTrial.ts';

/**
 * Why there is no outcome, by what the hub answers: the title of the problem, and how the activity tells it. `noted` is null
 * where the replica didn't so much as begin.
 */
const refusals: Record<
  Exclude<TrialAnswer['kind'], 'tried'>,
  { code: string; title: (replica: string) => string; noted: string | null }
> = {
  offline: {
    code: 'replica_offline',
    title: (replica) =>
      `${replica} isn’t connected to the server. Start the agent on it, or choose another replica.`,
    noted: null,
  },
  outdated: {
    code: 'agent_outdated',
    title: (replica) =>
      `The agent on ${replica} is too old to test settings. Run the join command on it again to update it, or choose another replica.`,
    noted: null,
  },
  busy: {
    code: 'trial_running',
    title: (replica) =>
      `${replica} is testing other settings. Wait a few seconds, or choose another replica.`,
    noted: null,
  },
  silent: {
    code: 'replica_silent',
    title: (replica) => `${replica} didn’t say in time how it went. Test again, or choose another replica.`,
    noted: 'it didn’t say in time how it went',
  },
  lost: {
    code: 'replica_offline',
    title: (replica) =>
      `${replica} went offline before it said how it went. Test again when it is back, or choose another replica.`,
    noted: 'it went offline before it said how it went',
  },
  stopped: {
    code: 'trial_stopped',
    title: () => 'The test was stopped.',
    noted: 'stopped before it was certain',
  },
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
  const workspace = { id: replica.workspaceId, name: replica.workspaceName };
  const note = async (outcome: string): Promise<void> => {
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
      summary: `Tested settings for ${stored === null ? 'a new VPN' : `the VPN ${stored.name}`} to the gateway ${settings.peerIp} with the replica ${replica.name}: ${outcome}.`,
    });
    bus.publish(teamId, ['activity']);
  };

  const answer = await hub.tryOut(replica.id, request, signal);
  if (answer.kind !== 'tried') {
    const { code, title, noted } = refusals[answer.kind];
    if (noted !== null) await note(noted);
    throw conflict(code, title(replica.name));
  }
  const trial = viewTrial(answer.tried, {
    settings,
    localId: vpn.localId,
    replica: { id: replica.id, name: replica.name },
    workspace,
    at: new Date(clock.now()).toISOString(),
  });
  await note(outcomeWords(trial));
  return trial;
}

function outcomeWords(trial: VpnTrial): string {
  if (trial.outcome === 'up') return 'a tunnel would come up';
  return trial.diagnosis === null ? 'it failed' : `failed, ${trial.diagnosis.short}`;
}
