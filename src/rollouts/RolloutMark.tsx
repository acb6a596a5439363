import type { RolloutSummary } from '../../contract/rollouts.ts';
import { StateMark } from '../ui/StateMark.tsx';
import { summaryMark } from './states.ts';

/** Beside a VPN's tunnels in a list: a change or move is under way. */
export function RolloutMark({ rollout }: { rollout: RolloutSummary }) {
  const { state, words } = summaryMark(rollout);
  return <StateMark state={state}>{words}</StateMark>;
}
