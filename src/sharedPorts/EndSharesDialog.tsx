import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { VisibilityMark } from '../ui/PortMarks.tsx';
import { portName } from '../ui/portWords.ts';
import { toast } from '../ui/toast.ts';
import { type Ending, endShares } from './endShares.ts';
import { endWords } from './endWords.ts';

type EndSharesDialogProps = { team: string; viewer: string; ending: Ending; onClose: () => void };

/** Asks before shares end, and says whom that cuts off. Those that can’t be ended are named, the others are ended. */
export function EndSharesDialog({ team, viewer, ending, onClose }: EndSharesDialogProps) {
  const { act, ports } = ending;
  const queryClient = useQueryClient();
  const words = endWords(ending, viewer);
  const end = useMutation({
    mutationFn: () => endShares(team, ending),
    onSuccess: () => {
      toast(words.done);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.sharedPorts(team) }),
  });
  return (
    <ConfirmDialog
      title={words.title}
      consequences={
        ports.length > 1
          ? ports.map((port) => (
              <>
                {portName(port)} of {port.workspace.name}
                <VisibilityMark visibility={port.visibility} />
              </>
            ))
          : []
      }
      note={words.note}
      confirm={words.confirm}
      cancel={words.cancel}
      destructive={act === 'stop'}
      loading={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate()}
      onCancel={onClose}
    >
      {words.text}
    </ConfirmDialog>
  );
}
