import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { color, type } from '../../../theme/tokens.ts';
import type { EntryProblem } from '../problems.ts';

const Line = styled('span')({
  ...type.small,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  columnGap: 10,
  color: color.failed,
});
const Fix = styled(Button)({ ...type.small, minHeight: 0, padding: '0 2px', marginLeft: -2 });

/** Why a suite is refused, and the one button that mends it. */
export const SuiteProblem = ({ problem: { message, fix }, id }: { problem: EntryProblem; id?: string }) => (
  <Line>
    <span id={id}>{message}</span>
    {fix && (
      <Fix variant="text" size="small" onClick={fix.apply}>
        {fix.label}
      </Fix>
    )}
  </Line>
);
