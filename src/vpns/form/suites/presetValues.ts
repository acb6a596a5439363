import type { SuitePreset } from '../../../../contract/suitePresets.ts';
import { durationWords } from '../../../ui/durationWords.ts';
import type { VpnFormValues } from '../values.ts';

/** What a preset sets: suites and lifetimes of both phases. */
export type PhaseValues = Record<'ike' | 'esp', { lifetimeSeconds: number; proposals: readonly string[] }>;

const pick = ({ lifetimeSeconds, proposals }: PhaseValues['ike']) => ({ lifetimeSeconds, proposals });

export const phaseValues = ({ ike, esp }: Pick<VpnFormValues, 'ike' | 'esp'>): PhaseValues => ({
  ike: pick(ike),
  esp: pick(esp),
});

const phases = ['ike', 'esp'] as const;

export const sameValues = (a: PhaseValues, b: PhaseValues): boolean =>
  phases.every(
    (phase) =>
      a[phase].lifetimeSeconds === b[phase].lifetimeSeconds &&
      a[phase].proposals.join() === b[phase].proposals.join(),
  );

/** “IKE: 1 hour, aes256-sha256-modp2048. ESP: 8 hours, aes256-sha256-modp2048.” */
export const valuesInWords = (values: PhaseValues): string =>
  phases
    .map((phase) => {
      const { lifetimeSeconds, proposals } = values[phase];
      return `${phase.toUpperCase()}: ${durationWords(lifetimeSeconds)}, ${proposals.join(', ')}.`;
    })
    .join(' ');

/** Why a preset can't be chosen with this IKE version; undefined: it can. */
export const refusePreset = ({ ikeVersions }: SuitePreset, version: 1 | 2): string | undefined =>
  ikeVersions.includes(version)
    ? undefined
    : `IKEv${version} can’t carry its suites. Choose IKEv${ikeVersions.join(' or ')} first.`;
