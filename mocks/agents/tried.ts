import type { FromAgent, ToAgent } from '../../contract/agentProtocol.ts';
import type { TrialPhase } from '../../contract/vpnTrials.ts';
import type { Outcome } from './outcome.ts';

type Try = Extract<ToAgent, { type: 'try' }>;
type Tried = Extract<FromAgent, { type: 'tried' }>;

/** The last phase that passes before each failure; what isn't here fails before the first. */
const reachedBefore: Record<string, TrialPhase> = {
  ike_suite_refused: 'answer',
  ike_version_refused: 'answer',
  dh_group_differs: 'answer',
  key_missing: 'ike',
  gateway_key_missing: 'ike',
  psk_differs_v1: 'ike',
  psk_differs_v2: 'ike',
  authentication_refused: 'ike',
  identity_refused: 'ike',
  peer_identity_differs: 'ike',
  udp_4500_blocked: 'ike',
  silent_after_key_exchange: 'ike',
  no_address_pool: 'authentication',
  closed_without_virtual_ip: 'authentication',
  esp_suite_refused: 'address',
  subnet_refused: 'address',
  install_fails: 'address',
};

/** A gateway that doesn't answer is given up after all retransmissions. */
const unanswered = new Set(['gateway_unreachable', 'udp_4500_blocked', 'silent_after_key_exchange']);

/**
 * How settings go on a replica where tunnels go like `outcome`, in the agent's words. Null: nothing is certain for as long
 * as they are connecting.
 */
export function tried({ id, vpn }: Try, outcome: Outcome, virtualIp: string): Tried | null {
  const nothing = { virtualIp: null, ikeSuite: null, espSuite: null, remoteSubnets: [] };
  switch (outcome.kind) {
    case 'connecting':
      return null;
    case 'up':
      return {
        type: 'tried',
        id,
        outcome: 'up',
        reached: 'esp',
        diagnosis: outcome.warning ?? null,
        virtualIp: outcome.warning?.code === 'no_virtual_ip' ? null : virtualIp,
        ikeSuite: vpn.ike.proposals[0] ?? null,
        espSuite: vpn.esp.proposals[0] ?? null,
        remoteSubnets: vpn.peerSubnets,
        tookMs: 640,
      };
    case 'failed':
    case 'unsupported': {
      const { code } = outcome.diagnosis;
      const reached = reachedBefore[code] ?? null;
      const tookMs = unanswered.has(code) ? 5_700 : 410;
      const { kind, diagnosis } = outcome;
      return { type: 'tried', id, outcome: kind, reached, diagnosis, ...nothing, tookMs };
    }
  }
}
