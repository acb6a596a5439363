import type { Tunnel, TunnelSummary } from '../../contract/tunnels.ts';
import { StateMark } from './StateMark.tsx';
import { summaryWords, tunnelWords } from './tunnelWords.ts';

/** One tunnel’s state as shape and words. */
export function TunnelMark({ tunnel }: { tunnel: Tunnel }) {
  const { state, words } = tunnelWords(tunnel);
  return <StateMark state={state}>{words}</StateMark>;
}

type SummaryMarkProps = {
  summary: TunnelSummary;
  /** What to say when there is no tunnel at all. */
  nothing: string;
  /** “3 of 5 tunnels up” instead of “3 of 5 up”, where no heading says what is counted. */
  named?: boolean;
};

/** Several tunnels’ state as shape and words. */
export function SummaryMark({ summary, nothing, named = false }: SummaryMarkProps) {
  const { state, words } = summaryWords(summary, nothing, named ? 'tunnels ' : '');
  return <StateMark state={state}>{words}</StateMark>;
}
