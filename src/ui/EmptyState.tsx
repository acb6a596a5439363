import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, media, type } from '../theme/tokens.ts';
import { Drawing } from './Drawing.tsx';

const Box = styled('div')({
  display: 'grid',
  justifyItems: 'center',
  textAlign: 'center',
  padding: '64px 24px 56px',
  '&[data-small]': { padding: '36px 24px' },
  [media.phone]: { padding: '40px 18px' },
  '& svg': { maxWidth: '100%' },
});
const Title = styled('h2')({ fontSize: '1rem', lineHeight: '1.375rem', fontWeight: 600, marginTop: 30 });
const Text = styled('p')({ color: color.textSecondary, maxWidth: 440, marginTop: 6, textWrap: 'balance' });
const Actions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'center',
  gap: 8,
  marginTop: 20,
});
const Footnote = styled('p')({ ...type.small, color: color.textSecondary, marginTop: 24 });

type EmptyStateProps = {
  /** What this place is for, or why nothing is in it: “No VPN matches “berlin””. */
  title: string;
  /** What to do next, in a sentence. */
  children?: ReactNode;
  actions?: ReactNode;
  /** What to have at hand for it. */
  footnote?: ReactNode;
  /** Without the drawing: for a search that finds nothing and for small panels. */
  small?: boolean;
};

/** A list with nothing in it: says what it is for and what to do next. */
export const EmptyState = ({ title, children, actions, footnote, small = false }: EmptyStateProps) => (
  <Box data-small={small ? '' : undefined}>
    {!small && <Drawing />}
    <Title style={small ? { marginTop: 0 } : undefined}>{title}</Title>
    {children !== undefined && <Text>{children}</Text>}
    {actions !== undefined && <Actions>{actions}</Actions>}
    {footnote !== undefined && <Footnote>{footnote}</Footnote>}
  </Box>
);
