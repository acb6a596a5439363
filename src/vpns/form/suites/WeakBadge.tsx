import { styled } from '@mui/material/styles';
import { color, type } from '../../../theme/tokens.ts';
import { StateShape } from '../../../ui/StateMark.tsx';

const Badge = styled('span')({
  ...type.small,
  display: 'inline-flex',
  alignItems: 'center',
  gap: 5,
  padding: '1px 7px 2px',
  borderRadius: 4,
  fontWeight: 500,
  color: color.warning,
  backgroundColor: color.warningSoft,
});

/** Marks a suite of which a part is weak; the reasons stand below it. */
export const WeakBadge = () => (
  <Badge>
    <StateShape state="warning" size={7} />
    Weak
  </Badge>
);
