import { useNavigate } from '@tanstack/react-router';
import { may } from '../../../contract/permissions.ts';
import type { Ref } from '../../../contract/lists.ts';
import type { Tunnel } from '../../../contract/tunnels.ts';
import type { ConnectedWorkspace } from '../../../contract/workspaces.ts';
import { reasonOf } from '../../session/reason.ts';
import { useTeam } from '../../session/viewer.ts';
import { RowMenu } from '../../ui/RowMenu.tsx';
import type { ConnectedRow } from './rows.ts';

type ConnectedMenuProps = {
  row: ConnectedRow;
  /** Why no workspace can be moved to another VPN now. */
  noMove: string | undefined;
  onMove: (workspace: Ref) => void;
  onDisconnect: (connected: ConnectedWorkspace) => void;
  onRetry: (tunnels: readonly Tunnel[]) => void;
  onTimeline: (tunnel: Tunnel) => void;
};

/** Those that could come up by trying again: the replica is there, and something is left to try. */
const canRetry = ({ state }: Tunnel) => state === 'failed' || state === 'connecting';

/** What can be done with a connected workspace, or with one replica’s tunnel. */
export function ConnectedMenu(props: ConnectedMenuProps) {
  const { row, noMove, onMove, onDisconnect, onRetry, onTimeline } = props;
  const team = useTeam();
  const navigate = useNavigate();
  const open = ({ id }: Ref) => ({
    label: 'Open workspace',
    onSelect: () =>
      void navigate({
        to: '/teams/$team/workspaces/$workspace/vpns',
        params: { team: team.id, workspace: id },
      }),
  });
  if (row.kind === 'replica') {
    const { tunnel } = row;
    const tryAgain = {
      label: 'Try again now',
      disabledReason: reasonOf(may.useReplicas(team.actor, row)),
      onSelect: () => onRetry([tunnel]),
    };
    return (
      <RowMenu
        label={`Actions for ${tunnel.replica.name}`}
        actions={[
          { label: 'Show timeline', onSelect: () => onTimeline(tunnel) },
          ...(canRetry(tunnel) ? [tryAgain] : []),
          open(tunnel.workspace),
        ]}
      />
    );
  }
  const { connected, tunnels } = row.group;
  const owned = { ownerId: connected.owner.id };
  const retryable = tunnels.filter(canRetry);
  return (
    <RowMenu
      label={`Actions for ${connected.workspace.name}`}
      actions={[
        open(connected.workspace),
        {
          label: 'Try again now',
          disabledReason:
            retryable.length === 0
              ? 'No tunnel of this workspace waits to be tried again.'
              : reasonOf(may.useReplicas(team.actor, owned)),
          onSelect: () => onRetry(retryable),
        },
        {
          label: 'Move to another VPN',
          disabledReason: noMove,
          onSelect: () => onMove(connected.workspace),
        },
        {
          label: 'Disconnect',
          destructive: true,
          disabledReason: reasonOf(may.connectWorkspace(team.actor, owned)),
          onSelect: () => onDisconnect(connected),
        },
      ]}
    />
  );
}
