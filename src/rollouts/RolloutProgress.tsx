import { useQuery } from '@tanstack/react-query';
import { useClockText } from '../ui/clock.ts';
import { useTeam } from '../session/viewer.ts';
import { useDismissed } from './dismissed.ts';
import { rolloutQuery } from './queries.ts';
import { RolloutLine } from './RolloutLine.tsx';
import { RolloutPanel } from './RolloutPanel.tsx';
import { isRecent } from './states.ts';

type RolloutProgressProps = {
  /** The VPN's id. */
  vpn: string;
  /** A line that leads to the panel, where something else is the matter of the page. */
  brief?: boolean;
};

/** What is on its way to the replicas of a VPN, or was lately. Nothing where that can't be told: the page has its own state. */
export function RolloutProgress({ vpn, brief = false }: RolloutProgressProps) {
  const { id: team } = useTeam();
  const { data: rollout } = useQuery(rolloutQuery(team, vpn));
  const dismissed = useDismissed(rollout?.id);
  const recent = useClockText((now) => (rollout && isRecent(rollout, now) ? 'recent' : ''));
  if (!rollout || dismissed || recent === '') return null;
  return brief ? (
    <RolloutLine rollout={rollout} vpn={vpn} />
  ) : (
    <RolloutPanel key={rollout.id} rollout={rollout} vpn={vpn} />
  );
}
