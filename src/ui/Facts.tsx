import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';

const List = styled('dl')({
  display: 'grid',
  gridTemplateColumns: '172px minmax(0, 1fr)',
  columnGap: 28,
  rowGap: 10,
  '& > dt': { ...type.small, color: color.textSecondary, lineHeight: '1.25rem' },
  '& > dd': { minWidth: 0, overflowWrap: 'anywhere' },
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 2, '& > dd': { marginBottom: 10 } },
});

/** Names and values to read, in two columns. */
export const Facts = ({ children }: { children: ReactNode }) => <List>{children}</List>;

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);
