import { styled } from '@mui/material/styles';
import { lazy, Suspense, useId, type ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';
import { focusFirstField } from './focusFirstField.ts';

// MUI’s modal parts are not needed on the first screen.
const MuiDialog = lazy(() => import('@mui/material/Dialog'));

const Body = styled('div')({
  padding: '20px 22px',
  display: 'grid',
  gap: 12,
  [media.phone]: { padding: 18 },
});
const Title = styled('h2')({ fontSize: '1rem', lineHeight: '1.375rem', fontWeight: 600 });

/** The last row of a dialog: the way out first, the act last. */
export const DialogActions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'flex-end',
  gap: 8,
  marginTop: 6,
});

export const DialogNote = styled('p')({ ...type.small, color: color.textSecondary });

type DialogProps = {
  title: string;
  onClose: () => void;
  /** While something runs, the dialog stays. */
  busy?: boolean;
  width?: number;
  children: ReactNode;
};

/** A dialog that is open for as long as it is rendered. Focus is kept inside and returned afterwards. */
export function Dialog({ title, onClose, busy = false, width = 460, children }: DialogProps) {
  const id = useId();
  return (
    <Suspense>
      <MuiDialog
        open
        onClose={() => {
          if (!busy) onClose();
        }}
        aria-labelledby={id}
        slotProps={{ paper: { sx: { width, maxWidth: 'calc(100vw - 32px)', margin: 2 } } }}
      >
        <Body ref={focusFirstField}>
          <Title id={id}>{title}</Title>
          {children}
        </Body>
      </MuiDialog>
    </Suspense>
  );
}
