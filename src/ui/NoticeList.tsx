import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, media, radius, tint } from '../theme/tokens.ts';
import { Notice } from './Notice.tsx';
import { StateShape } from './StateMark.tsx';

/** What happened by itself and waits for a decision, one line each. Name it by `aria-label`. */
export const NoticeList = styled('ul')({
  listStyle: 'none',
  borderRadius: radius.panel,
  border: `1px solid color-mix(in srgb, ${color.warning} 30%, transparent)`,
  backgroundColor: tint(color.warning),
  '& > li': { padding: '8px 14px' },
  '& > li + li': { borderTop: `1px solid color-mix(in srgb, ${color.warning} 18%, transparent)` },
});

const Line = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr) auto',
  alignItems: 'center',
  columnGap: 10,
  [media.phone]: { gridTemplateColumns: 'auto minmax(0, 1fr)', '& > [data-acts]': { gridColumn: 2 } },
});

const Acts = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  [media.phone]: { marginTop: 6, marginLeft: -1 },
});

type NoticeLineProps = {
  /** For the buttons, which it describes. */
  id: string;
  children: ReactNode;
  actions: ReactNode;
  /** Why an action didn’t work. */
  error: Error | null;
};

/** A line of a `NoticeList`: what happened, and what can be done about it. */
export const NoticeLine = ({ id, children, actions, error }: NoticeLineProps) => (
  <li>
    <Line>
      <StateShape state="warning" />
      <span id={id}>{children}</span>
      <Acts data-acts="">{actions}</Acts>
    </Line>
    {error && <Notice state="failed">{error.message}</Notice>}
  </li>
);
