import type { FromAgent } from '../../contract/agentProtocol.ts';
import { explainDiagnosis } from '../../contract/diagnoses.ts';
import type { Ref } from '../../contract/lists.ts';
import { trialPhases, type TrialPhase, type VpnTrial } from '../../contract/vpnTrials.ts';
import type { VpnSettings } from '../../contract/vpns.ts';

type Tried = Extract<FromAgent, { type: 'tried' }>;

/** What the replica itself was in the way of: the gateway wasn't asked. */
const unasked = new Set(['unsupported', 'config_refused']);

/** Each phase's outcome. A tunnel can be up without a virtual IP (IKEv1): that phase has failed all the same. */
export function phasesOf({
  outcome,
  reached,
  virtualIp,
  diagnosis,
}: Pick<Tried, 'outcome' | 'reached' | 'virtualIp' | 'diagnosis'>): VpnTrial['phases'] {
  const passed = reached === null ? 0 : trialPhases.indexOf(reached) + 1;
  const asked = !unasked.has(diagnosis?.code ?? '');
  const stateOf = (phase: TrialPhase, index: number): VpnTrial['phases'][number]['state'] => {
    if (outcome === 'up') return phase === 'address' && virtualIp === null ? 'failed' : 'passed';
    if (index < passed) return 'passed';
    return index === passed && asked ? 'failed' : 'not-reached';
  };
  return trialPhases.map((phase, index) => ({ phase, state: stateOf(phase, index) }));
}

/** A trial as it is shown. `localId` is the identity that it was made under, which the gateway's log names. */
export function viewTrial(
  tried: Tried,
  about: { settings: VpnSettings; localId: string; replica: Ref; workspace: Ref; at: string },
): VpnTrial {
  const { settings, localId, replica, workspace, at } = about;
  const { virtualIp, ikeSuite, espSuite, remoteSubnets, tookMs } = tried;
  return {
    replica,
    workspace,
    outcome: tried.outcome === 'up' ? 'up' : 'failed',
    phases: phasesOf(tried),
    diagnosis: tried.diagnosis && explainDiagnosis(tried.diagnosis, settings, localId),
    virtualIp,
    ikeSuite,
    espSuite,
    remoteSubnets,
    tookMs,
    at,
  };
}
