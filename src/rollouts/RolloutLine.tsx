import { styled } from '@mui/material/styles';
import type { Rollout } from '../../contract/rollouts.ts';
import { useTeam } from '../session/viewer.ts';
import { color, radius } from '../theme/tokens.ts';
import { TextLink } from '../ui/links.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Secondary } from '../ui/text.tsx';
import { isUnderWay, rolloutMarks } from './states.ts';
import { progressWords, titleOf } from './wording.ts';

const Box = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: '2px 12px',
  padding: '8px 14px',
  backgroundColor: color.surface,
  border: `1px solid ${color.line}`,
  borderRadius: radius.panel,
  '& > a': { marginLeft: 'auto' },
});

/** A rollout that needs an eye, in a line that leads to its panel. What went well is left to the panel. */
export function RolloutLine({ rollout, vpn }: { rollout: Rollout; vpn: string }) {
  const { id: team } = useTeam();
  const underWay = isUnderWay(rollout);
  if (!underWay && rollout.state !== 'failed') return null;
  return (
    <Box role="status">
      <StateMark state={rolloutMarks[rollout.state]}>{titleOf(rollout, vpn)}</StateMark>
      {underWay && <Secondary>{progressWords(rollout)}</Secondary>}
      <TextLink to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn }}>
        See {underWay ? 'the progress' : 'why'}
      </TextLink>
    </Box>
  );
}
