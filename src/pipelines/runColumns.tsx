import { styled } from '@mui/material/styles';
import type { PipelineRun } from '../../contract/pipelines/pipelines.ts';
import { QuietLink } from '../ui/links.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { actionWords, resultWords, runOrigin, runProvider } from './runWords.ts';

const Name = styled('span')({
  display: 'inline-flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  fontWeight: 500,
  overflowWrap: 'anywhere',
});
const Why = styled(Small)({
  display: 'block',
  maxWidth: 420,
  overflowWrap: 'anywhere',
  whiteSpace: 'normal',
});

const Result = ({ result, message }: PipelineRun) => (
  <>
    <StateMark state={resultWords[result].mark}>{resultWords[result].words}</StateMark>
    {(result === 'failed' || result === 'refused') && message !== '' && <Why>{message}</Why>}
  </>
);

function Where({ workspace }: PipelineRun) {
  if (workspace === null) return <Secondary>–</Secondary>;
  return (
    <QuietLink
      from="/teams/$team/vpns/$vpn/ci-cd"
      to="/teams/$team/workspaces/$workspace/replicas"
      params={{ workspace: workspace.id }}
    >
      {workspace.name}
    </QuietLink>
  );
}

export const runColumns: Column<PipelineRun>[] = [
  {
    id: 'repository',
    header: 'Repository and change',
    card: 'title',
    skeleton: 150,
    cell: ({ repository, change }) => (
      <Name>
        {repository === '' ? <Secondary>Not named</Secondary> : repository}
        {change !== null && <Tag>{change}</Tag>}
      </Name>
    ),
  },
  { id: 'action', header: 'Step', card: 'start', skeleton: 80, cell: ({ action }) => actionWords[action] },
  { id: 'result', header: 'Result', card: 'foot', skeleton: 90, cell: Result },
  {
    id: 'origin',
    header: 'Set off by',
    wideOnly: true,
    skeleton: 110,
    cell: (run) => <Secondary>{runOrigin(run) ?? runProvider(run.provider)}</Secondary>,
  },
  { id: 'workspace', header: 'Workspace', card: 'end', skeleton: 90, cell: Where },
  {
    id: 'at',
    header: 'When',
    align: 'end',
    card: 'state',
    skeleton: 60,
    cell: ({ at }) => (
      <Small>
        <RelativeTime at={at} />
      </Small>
    ),
  },
];
