import { styled } from '@mui/material/styles';
import { useEffect, useEffectEvent } from 'react';
import { color, motion } from '../theme/tokens.ts';

const Key = styled('button')({
  ...motion('border-color', 'color'),
  padding: '0 5px',
  fontSize: '0.6875rem',
  lineHeight: '1rem',
  color: color.textSecondary,
  background: 'none',
  border: `1px solid ${color.lineStrong}`,
  borderRadius: 4,
  cursor: 'pointer',
  '&:hover': { color: color.text, borderColor: color.field },
});

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const keys = mac ? '⌘K' : 'Ctrl K';

/** The shortcut of the command palette, shown and listened to: ⌘K, or Ctrl K away from Apple’s keyboards. */
export function PaletteKey({ onOpen }: { onOpen: () => void }) {
  const open = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(mac ? event.metaKey : event.ctrlKey) || event.altKey) return;
    event.preventDefault();
    onOpen();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => open(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
  return (
    <Key
      type="button"
      onClick={onOpen}
      aria-label={`Search and jump, ${keys}`}
      aria-keyshortcuts={mac ? 'Meta+K' : 'Control+K'}
    >
      {keys}
    </Key>
  );
}
