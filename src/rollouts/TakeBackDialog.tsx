import type { Rollout } from '../../contract/rollouts.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { takeBackWords } from './takeBackWords.ts';
import { useRolloutAct } from './useRolloutAct.ts';

type TakeBackDialogProps = { team: string; vpn: string; rollout: Rollout; onClose: () => void };

/** Asks before a rollout is taken back, and says whose tunnels that concerns. */
export function TakeBackDialog({ team, vpn, rollout, onClose }: TakeBackDialogProps) {
  const act = useRolloutAct(team, vpn, onClose);
  const { title, consequence, note } = takeBackWords(rollout);
  return (
    <ConfirmDialog
      title={title}
      note={note}
      confirm="Take it back"
      cancel={rollout.state === 'paused' ? 'Leave it paused' : 'Let it go on'}
      loading={act.isPending}
      error={act.error}
      onConfirm={() => act.mutate('rollback')}
      onCancel={onClose}
    >
      {consequence}
    </ConfirmDialog>
  );
}
