import Button from '@mui/material/Button';
import { portCan } from '../../contract/portAccess.ts';
import { reasonOf } from '../session/reason.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import type { PortsPanel } from './panel.ts';

function AddPort({ panel }: { panel: PortsPanel }) {
  if (!panel.forwards) return null;
  return (
    <ActionButton
      disabledReason={reasonOf(portCan.manage(panel.actor, panel.owned))}
      onClick={() => panel.open({ dialog: 'add' })}
    >
      Add port
    </ActionButton>
  );
}

const Replicas = ({ panel, label }: { panel: PortsPanel; label: string }) => (
  <ButtonLink
    variant="contained"
    color="primary"
    to="/teams/$team/workspaces/$workspace/replicas"
    params={{ team: panel.team, workspace: panel.workspace.id }}
  >
    {label}
  </ButtonLink>
);

type PortsEmptyProps = { panel: PortsPanel; hidden: number; onShowIgnored: () => void };

/** No port to list: why, and what to do next. */
export function PortsEmpty({ panel, hidden, onShowIgnored }: PortsEmptyProps) {
  const { name, replicas, owner } = panel.workspace;
  if (!panel.complete) {
    return (
      <EmptyState small title={`No port of ${name} is shared with you`}>
        {owner.name} decides who may open its ports. One that is shared with the team appears here.
      </EmptyState>
    );
  }
  if (hidden > 0) {
    return (
      <EmptyState
        small
        title={`What listens in ${name} is on the ignore list`}
        actions={
          <>
            <Button onClick={onShowIgnored}>Show {counted(hidden, 'hidden port')}</Button>
            <AddPort panel={panel} />
          </>
        }
      >
        SSH, databases and the like aren’t for a browser. Start an app, and its port appears here.
      </EmptyState>
    );
  }
  if (replicas.total === 0) {
    return (
      <EmptyState
        title={`Join a replica to see the ports of ${name}`}
        actions={
          <>
            <Replicas panel={panel} label="Join a replica" />
            <AddPort panel={panel} />
          </>
        }
      >
        What listens in its replicas appears here by itself. A port can also be added before anything listens.
      </EmptyState>
    );
  }
  if (replicas.online === 0) {
    return (
      <EmptyState
        title={`No replica of ${name} is connected`}
        actions={<Replicas panel={panel} label="Look at the replicas" />}
      >
        What listens in them appears here as soon as one is back.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`Nothing listens in ${name} yet`} actions={<AddPort panel={panel} />}>
      Start an app there, such as a web server on port 3000: it appears here within two seconds, for you
      alone. Or add its port before it listens.
    </EmptyState>
  );
}
