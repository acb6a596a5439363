import { styled } from '@mui/material/styles';
import type { Rollout, RolloutReplica } from '../../contract/rollouts.ts';
import { color } from '../theme/tokens.ts';
import { tallyOf } from './states.ts';
import { progressWords } from './wording.ts';

/** From this many replicas on, the strip shows shares instead of each one. */
const SHARES_FROM = 25;

const Strip = styled('div')({ display: 'flex', gap: 2, height: 6 });
const Part = styled('span')({
  flexBasis: 0,
  borderRadius: 2,
  border: '1px solid transparent',
  '&[data-part=waiting]': { borderColor: color.lineStrong },
  '&[data-part=skipped]': { backgroundColor: color.line },
  '&[data-part=trying]': { borderColor: color.primary, backgroundColor: color.primarySoft },
  '&[data-part=changed]': { backgroundColor: color.up },
  '&[data-part=went-back]': { backgroundColor: color.warning },
});

const order: readonly RolloutReplica['state'][] = ['changed', 'went-back', 'trying', 'waiting', 'skipped'];

/** How far a rollout is, drawn: one part for each replica in its order, or shares of many. */
export function ProgressStrip({ rollout }: { rollout: Rollout }) {
  const { replicas } = rollout;
  const tally = tallyOf(replicas);
  const parts =
    replicas.length < SHARES_FROM
      ? replicas.map(({ state, replica }) => ({ key: replica.id, state, share: 1 }))
      : order.map((state) => ({ key: state, state, share: tally[state] }));
  return (
    <Strip
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={replicas.length - tally.skipped}
      aria-valuenow={tally.changed}
      aria-valuetext={progressWords(rollout)}
    >
      {parts.map(
        ({ key, state, share }) =>
          share > 0 && <Part key={key} data-part={state} style={{ flexGrow: share }} />,
      )}
    </Strip>
  );
}
