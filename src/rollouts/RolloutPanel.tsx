import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import type { Rollout } from '../../contract/rollouts.ts';
import { useTeam } from '../session/viewer.ts';
import { color, media } from '../theme/tokens.ts';
import { counted } from '../ui/counted.ts';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { StateMark, StateShape } from '../ui/StateMark.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { Failures } from './Failures.tsx';
import { ProgressStrip } from './ProgressStrip.tsx';
import { replicaColumns } from './replicaColumns.tsx';
import { RolloutActs } from './RolloutActs.tsx';
import { shownReplicas } from './shownReplicas.ts';
import { isUnderWay, rolloutMarks } from './states.ts';
import { useRolloutAct } from './useRolloutAct.ts';
import { explanationOf, progressWords, titleOf } from './wording.ts';

const Head = styled(PanelBar)({ borderBottom: 0, padding: '12px 14px 8px' });
const Title = styled('span')({ display: 'inline-flex', alignItems: 'center', gap: 8, minWidth: 0 });
const Body = styled('div')({ display: 'grid', gap: 10, padding: '0 14px 14px' });
const Line = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'space-between',
  columnGap: 14,
  rowGap: 2,
});
const Status = styled('span')({ display: 'inline-flex', flexWrap: 'wrap', gap: '2px 14px' });
const List = styled('div')({ borderTop: `1px solid ${color.line}`, [media.phone]: { paddingTop: 2 } });
const More = styled('div')({ padding: '4px 8px', borderTop: `1px solid ${color.line}` });

type RolloutPanelProps = { rollout: Rollout; vpn: string };

/** A rollout on the page of the VPN with this id: how far it is, who has it, why it waits, and what can be done. */
export function RolloutPanel({ rollout, vpn }: RolloutPanelProps) {
  const { id: team } = useTeam();
  const id = useId();
  const act = useRolloutAct(team, vpn);
  const [all, setAll] = useState(false);
  const { replicas, state, startedAt, startedBy, finishedAt } = rollout;
  const underWay = isUnderWay(rollout);
  const rows = all ? replicas : underWay ? shownReplicas(replicas) : [];
  const hidden = replicas.length - rows.length;
  const other = vpn === rollout.vpn.id ? rollout.to : rollout.vpn;
  return (
    <Panel aria-labelledby={id}>
      <Head>
        <Title>
          <StateShape state={rolloutMarks[state]} />
          <PanelTitle id={id}>{titleOf(rollout, vpn)}</PanelTitle>
        </Title>
        <div data-end="">
          <RolloutActs rollout={rollout} vpn={vpn} act={act} />
        </div>
      </Head>
      <Body>
        <p>
          {explanationOf(rollout)}
          {other && (
            <>
              {' '}
              <TextLink to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn: other.id }}>
                Open {other.name}
              </TextLink>
            </>
          )}
        </p>
        {underWay && <ProgressStrip rollout={rollout} />}
        <Line>
          <Status role="status">
            {underWay && <span>{progressWords(rollout)}</span>}
            {rollout.waitingFor !== null && state === 'running' && (
              <StateMark state="pending">{rollout.waitingFor}</StateMark>
            )}
          </Status>
          <Small>
            {finishedAt === null ? 'Begun' : 'Ended'} <RelativeTime at={finishedAt ?? startedAt} />
            {startedBy !== null && `, ${finishedAt === null ? '' : 'begun '}by ${startedBy.name}`}
          </Small>
        </Line>
        {act.error && <Notice state="failed">{act.error.message}</Notice>}
      </Body>
      <Failures rollout={rollout} />
      {rows.length > 0 && (
        <List>
          <DataTable
            label="Replicas of this change"
            columns={replicaColumns(rollout)}
            rows={rows}
            rowKey={({ replica }) => replica.id}
          />
        </List>
      )}
      {hidden > 0 && (
        <More>
          <Button size="small" variant="text" onClick={() => setAll(true)}>
            Show {rows.length === 0 ? '' : 'all '}
            {counted(replicas.length, 'replica')}
          </Button>
        </More>
      )}
    </Panel>
  );
}
