import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, radius, type } from '../theme/tokens.ts';

const List = styled('ul')({
  ...type.body,
  maxHeight: 220,
  overflowY: 'auto',
  listStyle: 'none',
  border: `1px solid ${color.line}`,
  borderRadius: radius.control,
  '& > li': { display: 'flex', justifyContent: 'space-between', gap: 12, padding: '7px 12px' },
  '& > li + li': { borderTop: `1px solid ${color.line}` },
});

type ConsequencesProps = { items: readonly ReactNode[]; label?: string };

/** What an act affects, item by item: a workspace and how many replicas it has. Nothing where there is none. */
export const Consequences = ({ items, label = 'What is affected' }: ConsequencesProps) =>
  items.length > 0 && (
    <List tabIndex={0} aria-label={label}>
      {items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </List>
  );
