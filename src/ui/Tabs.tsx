import { styled } from '@mui/material/styles';
import { createLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { color, media, motion, size } from '../theme/tokens.ts';

const Bar = styled('nav')({
  display: 'flex',
  gap: 22,
  marginBottom: 18,
  overflowX: 'auto',
  scrollbarWidth: 'none',
  boxShadow: `inset 0 -1px ${color.line}`,
});

/** One tab: a link, because a tab is an address. The one that leads here is marked. */
export const Tab = createLink(
  styled('a')({
    ...motion('color', 'box-shadow'),
    flex: 'none',
    display: 'flex',
    alignItems: 'center',
    padding: '8px 0 11px',
    color: color.textSecondary,
    textDecoration: 'none',
    whiteSpace: 'nowrap',
    '&:hover': { color: color.text },
    '&[aria-current=page]': {
      color: color.text,
      fontWeight: 500,
      boxShadow: `inset 0 -2px ${color.primary}`,
    },
    '&:focus-visible': { outlineOffset: -2 },
    [media.coarse]: { minHeight: size.touch },
  }),
);

/** The parts of one object, each with an address of its own. `label` names the object. */
export const Tabs = ({ label, children }: { label: string; children: ReactNode }) => (
  <Bar aria-label={label}>{children}</Bar>
);
