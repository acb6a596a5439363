import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { CodeBlock } from './CodeBlock.tsx';
import { DialogActions, DialogNote } from './Dialog.tsx';

type ShownOnceProps = {
  text: string;
  /** What it is: “the invitation link”. */
  what: string;
  /** Who should get it and until when it works. */
  children: ReactNode;
  onClose: () => void;
};

/**
 * A link or token that can't be read again: shown until it has been copied and the dialog is closed. It takes the place of the
 * form that made it, whose field had the focus: without a new place for it, keys would go nowhere for a moment.
 */
export const ShownOnce = ({ text, what, children, onClose }: ShownOnceProps) => (
  <>
    <div>{children}</div>
    <CodeBlock text={text} what={what} focusCopy />
    <DialogNote>
      It is shown only now, because the server keeps nothing from which it could be read again.
    </DialogNote>
    <DialogActions>
      <Button variant="contained" color="primary" onClick={onClose}>
        Done
      </Button>
    </DialogActions>
  </>
);
