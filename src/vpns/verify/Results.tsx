import { styled } from '@mui/material/styles';
import type { Verification, VerificationResult } from '../../../contract/verifications.ts';
import { Panel, PanelBar, PanelTitle } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { Mono, Small } from '../../ui/text.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { checkWords, outcomeWords } from '../../tunnels/check/check.ts';

const Words = styled('span')({ overflowWrap: 'anywhere' });

const marks = { running: 'connecting', succeeded: 'up', failed: 'failed' } as const;

const columns: Column<VerificationResult>[] = [
  {
    id: 'replica',
    header: 'Replica',
    card: 'title',
    skeleton: 110,
    cell: ({ replica }) => <Mono>{replica.name}</Mono>,
  },
  {
    id: 'result',
    header: 'Result',
    card: 'start',
    skeleton: 180,
    cell: ({ state, message }) => (
      <StateMark state={marks[state]}>
        <Words>{state === 'running' ? 'Trying' : message}</Words>
      </StateMark>
    ),
  },
];

/** One check: from each replica what came back, as it arrives. */
export const Results = ({ verification }: { verification: Verification }) => (
  <Panel aria-label={`Results of ${checkWords(verification)}`}>
    <PanelBar>
      <PanelTitle>
        <Mono>{checkWords(verification)}</Mono>
      </PanelTitle>
      <Small role="status">{outcomeWords(verification.results)}</Small>
      <Small data-end="">
        <RelativeTime at={verification.startedAt} />
        {verification.startedBy && ` by ${verification.startedBy.name}`}
      </Small>
    </PanelBar>
    <DataTable
      label="Results by replica"
      columns={columns}
      rows={verification.results}
      rowKey={({ replica }) => replica.id}
    />
  </Panel>
);
