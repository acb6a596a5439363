import { styled } from '@mui/material/styles';
import { color, type } from '../theme/tokens.ts';

const Line = styled('div')({
  ...type.small,
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  color: color.textSecondary,
  '&::before, &::after': { content: '""', flex: 1, borderTop: `1px solid ${color.line}` },
});

/** Between two ways to the same end. */
export const Or = () => <Line>or</Line>;
