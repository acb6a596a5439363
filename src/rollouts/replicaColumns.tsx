import { styled } from '@mui/material/styles';
import type { Rollout, RolloutReplica } from '../../contract/rollouts.ts';
import { StateMark } from '../ui/StateMark.tsx';
import type { Column } from '../ui/table/column.ts';
import { Mono, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { isUnderWay, replicaMarks, untouched } from './states.ts';

const Name = styled('span')({ display: 'inline-flex', alignItems: 'baseline', gap: 8 });

function State({ rollout, state }: { rollout: Rollout; state: RolloutReplica['state'] }) {
  const mark = state === 'waiting' && !isUnderWay(rollout) ? untouched : replicaMarks[state];
  return <StateMark state={mark.state}>{mark.word}</StateMark>;
}

const why: Column<RolloutReplica> = {
  id: 'reason',
  header: 'Why',
  card: 'foot',
  cell: ({ reason, diagnosis }) => <Small>{diagnosis?.short ?? reason}</Small>,
};

/** The replicas' parts in a rollout. The one that tries before all others is named as the first. */
export const replicaColumns = (rollout: Rollout): Column<RolloutReplica>[] => [
  {
    id: 'replica',
    header: 'Replica',
    card: 'title',
    cell: ({ replica }) => (
      <Name>
        <Mono>{replica.name}</Mono> {replica.id === rollout.replicas[0]?.replica.id && <Tag>first</Tag>}
      </Name>
    ),
  },
  { id: 'workspace', header: 'Workspace', cell: ({ workspace }) => workspace.name },
  {
    id: 'state',
    header: 'State',
    card: 'state',
    cell: ({ state }) => <State rollout={rollout} state={state} />,
  },
  ...(rollout.replicas.some(({ reason, diagnosis }) => reason !== null || diagnosis !== null) ? [why] : []),
  {
    id: 'since',
    header: 'Since',
    align: 'end',
    card: 'end',
    cell: ({ since }) => (
      <Small>
        <RelativeTime at={since} />
      </Small>
    ),
  },
];
