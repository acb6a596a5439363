import type { Verification } from '../../../contract/verifications.ts';
import { QuietLink } from '../../ui/links.tsx';
import { Panel, PanelBar, PanelTitle } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { More } from '../../ui/table/more.ts';
import { Mono, Small } from '../../ui/text.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { checkWords, outcomeWords, tally } from '../../tunnels/check/check.ts';

function Outcome({ results }: Verification) {
  const { running, failed } = tally(results);
  const state = running > 0 ? 'connecting' : failed > 0 ? 'failed' : 'up';
  return <StateMark state={state}>{outcomeWords(results)}</StateMark>;
}

const columns: Column<Verification>[] = [
  {
    id: 'check',
    header: 'Check',
    card: 'title',
    skeleton: 140,
    cell: (verification) => (
      <QuietLink from="/teams/$team/vpns/$vpn/verify" to="." search={{ verification: verification.id }}>
        <Mono>{checkWords(verification)}</Mono>
      </QuietLink>
    ),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    card: 'start',
    skeleton: 160,
    cell: (verification) => <Outcome {...verification} />,
  },
  {
    id: 'by',
    header: 'Run by',
    card: 'foot',
    skeleton: 70,
    cell: ({ startedBy }) => <Small>{startedBy?.name ?? 'somebody who has left'}</Small>,
  },
  {
    id: 'when',
    header: 'When',
    align: 'end',
    card: 'state',
    skeleton: 60,
    cell: ({ startedAt }) => (
      <Small>
        <RelativeTime at={startedAt} />
      </Small>
    ),
  },
];

type HistoryProps = { verifications: readonly Verification[] | undefined; more: More };

/** Recent checks, newest first; each opens its results. */
export const History = ({ verifications, more }: HistoryProps) => (
  <Panel aria-label="Recent checks">
    <PanelBar>
      <PanelTitle>Recent checks</PanelTitle>
    </PanelBar>
    <DataTable
      label="Recent checks"
      columns={columns}
      rows={verifications}
      rowKey={({ id }) => id}
      linked
      more={more}
    />
  </Panel>
);
