import type { Vpn } from '../../contract/vpns.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { TextLink } from '../ui/links.tsx';
import { useAffected } from './useAffected.tsx';
import { counted } from '../ui/counted.ts';

type RestartDialogProps = {
  team: string;
  vpn: Vpn;
  loading: boolean;
  onConfirm: () => void;
  onCancel: () => void;
};

/** Asks before a change is saved that restarts tunnels: which workspaces, how many replicas, and the way without it. */
export function RestartDialog({ team, vpn, loading, onConfirm, onCancel }: RestartDialogProps) {
  const affected = useAffected(team, vpn.id);
  const tunnels = counted(vpn.tunnels.wanted, 'tunnel');
  return (
    <ConfirmDialog
      title={`Restart ${tunnels} of ${vpn.name}?`}
      consequences={affected}
      note={
        <>
          Without an interruption:{' '}
          <TextLink to="/teams/$team/vpns/new" params={{ team }} search={{ duplicate: vpn.id }}>
            duplicate the VPN
          </TextLink>
          , connect a duplicated workspace to it, verify, then switch over.
        </>
      }
      confirm={`Save and restart ${tunnels}`}
      cancel="Keep as it is"
      loading={loading}
      error={null}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      Saving this change restarts the VPN on every connected workspace. What runs through it is interrupted
      for a moment.
    </ConfirmDialog>
  );
}
