import Button from '@mui/material/Button';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { Rollout } from '../../contract/rollouts.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Row } from '../ui/Panel.tsx';
import { dismissRollout } from './dismissed.ts';
import { isUnderWay } from './states.ts';
import { TakeBackDialog } from './TakeBackDialog.tsx';
import type { useRolloutAct } from './useRolloutAct.ts';

type RolloutActsProps = { rollout: Rollout; vpn: string; act: ReturnType<typeof useRolloutAct> };

/** What can be done with a rollout in its state. */
export function RolloutActs({ rollout, vpn, act }: RolloutActsProps) {
  const team = useTeam();
  const [takingBack, setTakingBack] = useState(false);
  if (!isUnderWay(rollout)) {
    return (
      <Button size="small" variant="text" onClick={() => dismissRollout(rollout.id)}>
        Dismiss
      </Button>
    );
  }
  const denied = reasonOf(may.rolloutVpns(team.actor));
  const paused = rollout.state === 'paused';
  return (
    <Row>
      <ActionButton
        size="small"
        loading={act.isPending}
        disabledReason={denied}
        onClick={() => act.mutate(paused ? 'resume' : 'pause')}
      >
        {paused ? 'Resume' : 'Pause'}
      </ActionButton>
      <ActionButton size="small" disabledReason={denied} onClick={() => setTakingBack(true)}>
        Take back
      </ActionButton>
      {takingBack && (
        <TakeBackDialog team={team.id} vpn={vpn} rollout={rollout} onClose={() => setTakingBack(false)} />
      )}
    </Row>
  );
}
