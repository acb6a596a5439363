import { styled } from '@mui/material/styles';
import { createContext, useContext, type ReactNode } from 'react';
import { media } from '../theme/tokens.ts';
import { Mark } from '../ui/Mark.tsx';

/** Whether a component is rendered inside the side bar’s frame. */
export const InShell = createContext(false);

const Main = styled('main')({
  display: 'grid',
  gap: 24,
  gridTemplateColumns: 'minmax(0, 720px)',
  justifyContent: 'center',
  padding: '12vh 24px 48px',
  [media.phone]: { padding: '18px 14px' },
});

/** Gives what is shown before or outside of the dashboard’s frame a frame of its own. */
export function Framed({ children }: { children: ReactNode }) {
  const inside = useContext(InShell);
  if (inside) return children;
  return (
    <Main>
      <Mark size={28} />
      <div>{children}</div>
    </Main>
  );
}
