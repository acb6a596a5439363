import { useBlocker } from '@tanstack/react-router';
import { ConfirmDialog } from '../ConfirmDialog.tsx';

/** Asks before a form that holds unsaved input is left, whether by a link or by closing the page. `what` names it. */
export function UnsavedChanges({ dirty, what }: { dirty: boolean; what: string }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      confirm="Discard the input"
      cancel="Keep editing"
      destructive
      loading={false}
      error={null}
      onConfirm={blocker.proceed}
      onCancel={blocker.reset}
    >
      What you entered for {what} isn’t saved.
    </ConfirmDialog>
  );
}
