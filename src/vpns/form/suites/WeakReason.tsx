import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, type } from '../../../theme/tokens.ts';
import { StateShape } from '../../../ui/StateMark.tsx';

const Line = styled('span')({
  ...type.small,
  display: 'inline-flex',
  alignItems: 'baseline',
  gap: 6,
  color: color.warning,
  '& > svg': { translate: '0 -1px' },
});

/** Why a part of a suite is weak. */
export const WeakReason = ({ children }: { children: ReactNode }) => (
  <Line>
    <StateShape state="warning" size={8} />
    <span>{children}</span>
  </Line>
);
