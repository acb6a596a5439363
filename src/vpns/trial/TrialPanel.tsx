import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { may } from '../../../contract/permissions.ts';
import type { TrialReplica } from '../../../contract/vpnTrials.ts';
import { reasonOf } from '../../session/reason.ts';
import { useTeam } from '../../session/viewer.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle, Row, Stack } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Small } from '../../ui/text.tsx';
import { Elapsed } from '../../ui/Time.tsx';
import type { FieldName } from '../form/checkForm.ts';
import { visuallyHidden } from '../../theme/tokens.ts';
import { outcomeTitle } from './phaseWords.ts';
import { NoReplica } from './NoReplica.tsx';
import { ReplicaPicker } from './ReplicaPicker.tsx';
import { trialReplicasQuery } from './replicasQuery.ts';
import { TrialOutcome } from './TrialOutcome.tsx';
import { useTrial, type Trial } from './useTrial.ts';

const Frame = styled(Panel)({ marginTop: 22, scrollMarginBlock: 18 });
const Choice = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: 10 });
const Status = styled('div')({ '& > :not([data-heard])': { marginTop: 14 } });
const Heard = styled('span')(visuallyHidden);

type TrialPanelProps = {
  /** The VPN whose saved key stands in for an empty one, and whose replicas come first; null: there is none. */
  storedVpn: string | null;
  onMend: (field: FieldName) => void;
  onClose: () => void;
};

/** Tests the form’s values with a replica, beside whatever runs there. Saving never waits for it. */
export function TrialPanel({ storedVpn, onMend, onClose }: TrialPanelProps) {
  const { id: team, actor } = useTeam();
  const replicas = useInfiniteQuery(trialReplicasQuery(team, storedVpn, ''));
  const trial = useTrial(team, storedVpn);
  const [picked, setPicked] = useState<TrialReplica>();
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const { items = [], total = 0 } = replicas.data ?? {};
  // Those that can come first.
  const first = items[0]?.blocked === null ? items[0] : undefined;
  const chosen = picked ?? first;
  return (
    <Frame ref={frame} aria-label="Test with a replica">
      <PanelBar>
        <PanelTitle>Test with a replica</PanelTitle>
        <Button data-end="" variant="text" size="small" onClick={onClose}>
          Close
        </Button>
      </PanelBar>
      {replicas.error !== null && replicas.data === undefined ? (
        <ErrorState title="The replicas can’t be loaded" error={replicas.error} onRetry={replicas.refetch} />
      ) : (
        <PanelBody>
          <Stack>
            <Small>
              A replica tries the handshake with these settings, beside what runs there and without touching
              it.
            </Small>
            {replicas.data !== undefined && chosen === undefined ? (
              <NoReplica replicas={items} total={total} />
            ) : (
              <div>
                <Choice>
                  <ReplicaPicker
                    vpn={storedVpn}
                    chosen={chosen}
                    onChoose={setPicked}
                    disabled={trial.startedAt !== null || replicas.data === undefined}
                  />
                  <RunButtons trial={trial} replica={chosen} denied={reasonOf(may.rolloutVpns(actor))} />
                </Choice>
                <Status role="status">
                  <Progress trial={trial} replica={chosen?.replica.name} />
                </Status>
              </div>
            )}
            {trial.outcome !== undefined && trial.startedAt === null && (
              <TrialOutcome trial={trial.outcome} onMend={onMend} />
            )}
          </Stack>
        </PanelBody>
      )}
    </Frame>
  );
}

type RunButtonsProps = { trial: Trial; replica: TrialReplica | undefined; denied: string | undefined };

function RunButtons({ trial, replica, denied }: RunButtonsProps) {
  if (trial.startedAt !== null) return <Button onClick={trial.stop}>Stop the test</Button>;
  return (
    <ActionButton
      disabledReason={denied ?? (replica === undefined ? 'The replicas are being loaded.' : undefined)}
      onClick={() => replica && trial.run(replica.replica.id)}
    >
      {trial.outcome === undefined ? 'Run test' : 'Run again'}
    </ActionButton>
  );
}

function Progress({ trial, replica }: { trial: Trial; replica: string | undefined }) {
  const { startedAt, problem, stopped, stale, outcome } = trial;
  if (startedAt !== null) {
    return (
      <Row>
        <StateMark state="connecting">Trying the handshake from {replica}</StateMark>
        <Small>
          <Elapsed at={startedAt} />
        </Small>
      </Row>
    );
  }
  if (problem !== undefined) return <Notice state="failed">{problem}</Notice>;
  if (stopped) return <p>The test was stopped. Nothing of it is left on the replica.</p>;
  // Seen below; heard here.
  if (!stale) return outcome && <Heard data-heard="">{outcomeTitle(outcome)}</Heard>;
  return (
    <Notice state="warning">
      The settings have changed since this test: its outcome is about what they were before.
    </Notice>
  );
}
