import type { TrialPhase, VpnTrial } from '../../../contract/vpnTrials.ts';

/** What each phase decides. */
export const phaseNames: Record<TrialPhase, string> = {
  answer: 'The gateway answers',
  ike: 'IKE cipher suite',
  authentication: 'Pre-shared key and identities',
  address: 'Virtual IP',
  esp: 'ESP cipher suite and subnets',
};

/** What came out of a phase that passed, where there is more to say than that it did. */
export const phaseFinding = (trial: VpnTrial, phase: TrialPhase): string | null => {
  switch (phase) {
    case 'ike':
      return trial.ikeSuite;
    case 'address':
      return trial.virtualIp;
    case 'esp':
      return [trial.espSuite, trial.remoteSubnets.join(', ')].filter(Boolean).join(' · ') || null;
    case 'answer':
    case 'authentication':
      return null;
  }
};

/** “0.8 s”, “12 s”. */
export const tookWords = (tookMs: number): string =>
  tookMs < 9950 ? `${(tookMs / 1000).toFixed(1)} s` : `${Math.round(tookMs / 1000)} s`;

export const outcomeTitle = ({ outcome, diagnosis }: VpnTrial): string => {
  if (outcome === 'failed') return 'A tunnel wouldn’t come up';
  return diagnosis === null ? 'A tunnel would come up' : 'A tunnel would come up, with a warning';
};
