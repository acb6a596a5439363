import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Consequences } from './Consequences.tsx';
import { Dialog, DialogActions, DialogNote } from './Dialog.tsx';
import { Notice } from './Notice.tsx';

type ConfirmDialogProps = {
  /** A question that names the object: “Delete Berlin office?”. */
  title: string;
  /** What happens, in a sentence or two. */
  children: ReactNode;
  /** What is affected, item by item: a workspace and how many of its replicas restart. */
  consequences?: ReactNode[];
  note?: ReactNode;
  /** Both buttons name the act: “Delete VPN” and “Keep VPN”. */
  confirm: string;
  cancel: string;
  destructive?: boolean;
  loading: boolean;
  /** What it means is still being found out: it can’t be confirmed yet. */
  preparing?: boolean;
  /** Why it didn’t work, shown in place. */
  error: Error | null;
  onConfirm: () => void;
  onCancel: () => void;
};

/** Asks before something that has consequences, and says which. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const { title, children, consequences = [], note, confirm, cancel, destructive = false } = props;
  const { loading, preparing = false, error, onConfirm, onCancel } = props;
  return (
    <Dialog title={title} onClose={onCancel} busy={loading}>
      <div>{children}</div>
      <Consequences items={consequences} />
      {note !== undefined && <DialogNote>{note}</DialogNote>}
      {error && <Notice state="failed">{error.message}</Notice>}
      <DialogActions>
        <Button onClick={onCancel} disabled={loading}>
          {cancel}
        </Button>
        <Button
          variant={destructive ? 'outlined' : 'contained'}
          color={destructive ? 'error' : 'primary'}
          loading={loading || preparing}
          onClick={onConfirm}
        >
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
