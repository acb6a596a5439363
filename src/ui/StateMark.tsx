import { keyframes } from '@emotion/react';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, media } from '../theme/tokens.ts';

/** `up`, `failed` and so on, or `none` for something that has no state at all. */
export type MarkState =
  'up' | 'warning' | 'failed' | 'connecting' | 'pending' | 'offline' | 'lost' | 'unsupported' | 'none';

const inks: Record<MarkState, string> = {
  up: color.text,
  warning: color.warning,
  failed: color.failed,
  connecting: color.primary,
  pending: color.textSecondary,
  offline: color.textSecondary,
  lost: color.textSecondary,
  unsupported: color.warning,
  none: color.textSecondary,
};

const turn = keyframes({ to: { transform: 'rotate(360deg)' } });

const Shape = styled('svg')({
  flex: 'none',
  display: 'block',
  '&[data-turning]': { animation: `${turn} 1.6s linear infinite`, [media.calm]: { animation: 'none' } },
});

/** One shape per state, so that nothing depends on colour. */
export function StateShape({ state, size = 10 }: { state: MarkState; size?: number }) {
  if (state === 'none') return null;
  return (
    <Shape
      viewBox="0 0 10 10"
      width={size}
      height={size}
      aria-hidden="true"
      data-turning={state === 'connecting' ? '' : undefined}
    >
      {state === 'up' && <circle cx="5" cy="5" r="4.7" fill={color.up} />}
      {state === 'failed' && <path d="M5 .4 10 9.4H0z" fill={color.failed} />}
      {(state === 'warning' || state === 'unsupported') && (
        <path d="m5 0 5 5-5 5-5-5z" fill={color.warning} />
      )}
      {state === 'connecting' && (
        <circle
          cx="5"
          cy="5"
          r="3.9"
          fill="none"
          stroke={color.primary}
          strokeWidth="1.5"
          strokeDasharray="15 10"
        />
      )}
      {state === 'pending' && (
        <circle
          cx="5"
          cy="5"
          r="4"
          fill="none"
          stroke={color.textTertiary}
          strokeWidth="1.5"
          strokeDasharray="2 2.2"
        />
      )}
      {state === 'offline' && (
        <circle cx="5" cy="5" r="4" fill="none" stroke={color.textSecondary} strokeWidth="1.5" />
      )}
      {state === 'lost' && (
        <path
          d="M5 1a4 4 0 1 0 0 8 4 4 0 1 0 0-8M2.2 7.8 7.8 2.2"
          fill="none"
          stroke={color.textSecondary}
          strokeWidth="1.5"
        />
      )}
    </Shape>
  );
}

const Line = styled('span')({ display: 'inline-flex', alignItems: 'center', gap: 7, minWidth: 0 });

/** A state as shape and words. The words are the caller’s: “3 of 5 up”, “Connecting, try 3”. */
export const StateMark = ({ state, children }: { state: MarkState; children: ReactNode }) => (
  <Line style={{ color: inks[state] }} data-state={state}>
    <StateShape state={state} />
    <span>{children}</span>
  </Line>
);
