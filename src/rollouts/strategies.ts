import type { RolloutStrategy } from '../../contract/rollouts.ts';
import { counted } from '../ui/counted.ts';

export type StrategyChoice = { value: RolloutStrategy; label: string; detail: string };

const oneByOne: StrategyChoice = {
  value: 'one-by-one',
  label: 'One replica after the other',
  detail: 'The next begins when the one before it is up with the new settings.',
};

/** The ways a change can go to this many tunnels; with one alone there is nobody to go after it. */
export function strategyChoices(tunnels: number): StrategyChoice[] {
  if (tunnels === 1) {
    return [
      {
        value: 'one-by-one',
        label: 'With a way back',
        detail: 'The old tunnel is let go when the new one is up.',
      },
      {
        value: 'immediately',
        label: 'At once, without going back',
        detail: 'If the new settings don’t work, the tunnel stays down until you mend them.',
      },
    ];
  }
  return [
    oneByOne,
    {
      value: 'all-at-once',
      label: 'One first, then all others',
      detail: 'When the first is up with the new settings, all others change together.',
    },
    {
      value: 'immediately',
      label: 'All at once, without going back',
      detail: 'If the new settings don’t work, all tunnels stay down until you mend them.',
    },
  ];
}

/** The button that saves: what happens first. */
export function confirmLabel(strategy: RolloutStrategy, tunnels: number): string {
  if (strategy === 'immediately')
    return tunnels === 1 ? 'Save and change it at once' : `Save and change all ${tunnels} at once`;
  return tunnels === 1 ? 'Save and try it' : 'Save and begin with one';
}

/** Those that aren't up before can't show whether the new settings work. */
export function withoutTrial({ wanted, up }: { wanted: number; up: number }): string | undefined {
  const rest = wanted - up;
  if (rest === 0) return undefined;
  return `${counted(rest, 'replica isn’t', 'replicas aren’t')} up and can’t try it out: ${rest === 1 ? 'it gets' : 'they get'} the new settings when all others have them.`;
}
