import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { useSyncExternalStore } from 'react';
import { color, media, radius } from '../theme/tokens.ts';
import { CloseIcon } from './icons.tsx';
import { dismissToast, toastStore } from './toast.ts';

const Region = styled('div')({
  position: 'fixed',
  zIndex: 1400,
  right: 24,
  bottom: 24,
  display: 'grid',
  gap: 8,
  maxWidth: 'min(420px, calc(100vw - 32px))',
  [media.phone]: { right: 16, left: 16, bottom: 72 },
});

const Bubble = styled('div')({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 10,
  padding: '8px 8px 8px 14px',
  color: color.text,
  backgroundColor: color.surface,
  border: `1px solid ${color.lineStrong}`,
  borderRadius: radius.panel,
  boxShadow: color.shadow,
});

/** Where toasts appear; one per dashboard. */
export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current);
  return (
    <Region role="status" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <Bubble key={id}>
          {text}
          <IconButton onClick={() => dismissToast(id)} aria-label="Dismiss">
            <CloseIcon size={12} />
          </IconButton>
        </Bubble>
      ))}
    </Region>
  );
}
