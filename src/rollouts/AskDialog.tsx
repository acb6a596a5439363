import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Dialog, DialogActions, DialogNote } from '../ui/Dialog.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { Notice } from '../ui/Notice.tsx';

type AskDialogProps = {
  title: string;
  /** The fields, and what they lead to. */
  children: ReactNode;
  note: ReactNode;
  confirm: string;
  cancel: string;
  loading: boolean;
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
};

/** A confirmation with choices to make: a form in a dialog. */
export const AskDialog = (props: AskDialogProps) => {
  const { title, children, note, confirm, cancel, loading, error } = props;
  const { onSubmit, onCancel } = props;
  return (
    <Dialog title={title} onClose={onCancel} busy={loading} width={540}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Fields>
          {children}
          <DialogNote>{note}</DialogNote>
          {error && <Notice state="failed">{error.message}</Notice>}
          <DialogActions>
            <Button onClick={onCancel} disabled={loading}>
              {cancel}
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={loading}>
              {confirm}
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
};
