import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, radius, tint } from '../theme/tokens.ts';
import { StateShape } from './StateMark.tsx';

const Box = styled('div')({
  display: 'flex',
  alignItems: 'baseline',
  flexWrap: 'wrap',
  gap: 10,
  padding: '10px 14px',
  borderRadius: radius.panel,
  border: '1px solid',
  '& > div': { flex: '1 1 220px', minWidth: 0 },
});

const tones = {
  failed: {
    backgroundColor: tint(color.failed),
    borderColor: `color-mix(in srgb, ${color.failed} 30%, transparent)`,
  },
  warning: {
    backgroundColor: tint(color.warning),
    borderColor: `color-mix(in srgb, ${color.warning} 30%, transparent)`,
  },
  none: { backgroundColor: color.surface, borderColor: color.line },
} as const;

type NoticeProps = { state: keyof typeof tones; children: ReactNode; action?: ReactNode };

/** A sentence that must be seen where it belongs. A failure is read out at once. */
export const Notice = ({ state, children, action }: NoticeProps) => (
  <Box role={state === 'failed' ? 'alert' : 'status'} style={tones[state]}>
    <StateShape state={state} />
    <div>{children}</div>
    {action}
  </Box>
);
