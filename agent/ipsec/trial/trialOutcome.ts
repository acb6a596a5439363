import type { FromAgent } from '../../../contract/agentProtocol.ts';
import { diagnose, type Diagnosed } from '../../../contract/diagnoses.ts';
import type { DesiredVpn } from '../../../contract/agentProtocol.ts';
import type { TrialPhase } from '../../../contract/vpnTrials.ts';
import type { IpsecCapability } from '../../../contract/workspaces.ts';
import { evidenceAbout } from '../evidence.ts';

/** How a trial ended, as it is said to the server. */
export type TrialOutcome = Omit<Extract<FromAgent, { type: 'tried' }>, 'type' | 'id' | 'tookMs'>;

const nothingSetUp = {
  reached: null,
  diagnosis: null,
  virtualIp: null,
  ikeSuite: null,
  espSuite: null,
  remoteSubnets: [],
} as const satisfies Partial<TrialOutcome>;

export const busy: TrialOutcome = { ...nothingSetUp, outcome: 'busy', remoteSubnets: [] };

export const failedAt = (reached: TrialPhase | null, diagnosis: Diagnosed | null): TrialOutcome => ({
  ...nothingSetUp,
  remoteSubnets: [],
  outcome: 'failed',
  reached,
  diagnosis,
});

/** This machine can't try anything, for the reason that `capability` gives. */
export const unsupported = (vpn: DesiredVpn, capability: IpsecCapability): TrialOutcome => ({
  ...nothingSetUp,
  remoteSubnets: [],
  outcome: 'unsupported',
  diagnosis: diagnose(evidenceAbout(vpn, capability, {}))?.diagnosis ?? null,
});

/** What charon's log says once a phase has passed, in their order (strongSwan 5.9.8). */
const signs: readonly [TrialPhase, RegExp][] = [
  ['answer', /^parsed \S+ (?:response|request) /],
  ['ike', /^selected proposal: IKE:/],
  ['authentication', /^IKE_SA \S+ established between /],
  ['address', /^installing new virtual IP /],
];

/**
 * The last phase that passed in an attempt that failed: `esp` never, since then it would be up. IKEv2 logs the virtual IP
 * before it says that the IKE_SA is there, and both are one answer of the gateway's.
 */
export const reachedPhase = (log: readonly string[]): TrialPhase | null =>
  signs.findLast(([, sign]) => log.some((line) => sign.test(line)))?.[0] ?? null;
