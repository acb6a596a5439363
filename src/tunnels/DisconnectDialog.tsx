import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Ref } from '../../contract/lists.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useTeam } from '../session/viewer.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';
import { counted } from '../ui/counted.ts';
import { subnetsInWords } from '../ui/subnetsInWords.ts';

type DisconnectDialogProps = {
  vpn: Ref;
  workspace: Ref;
  replicas: number;
  /** What they no longer reach, where the page knows it. */
  subnets?: readonly string[];
  onClose: () => void;
};

/** Asks before a workspace loses a VPN, and says what its replicas lose. */
export function DisconnectDialog({ vpn, workspace, replicas, subnets, onClose }: DisconnectDialogProps) {
  const { id: team } = useTeam();
  const queryClient = useQueryClient();
  const disconnect = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/vpns/${vpn.id}/workspaces/${workspace.id}`),
    onSuccess: () => {
      toast(`${workspace.name} is disconnected from ${vpn.name}.`);
      onClose();
      void queryClient.invalidateQueries({ queryKey: keys.vpn(team, vpn.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
      void queryClient.invalidateQueries({ queryKey: keys.workspace(team, workspace.id) });
    },
  });
  return (
    <ConfirmDialog
      title={`Disconnect ${workspace.name} from ${vpn.name}?`}
      note="The workspace, its replicas and its other VPNs stay as they are. It can be added again at any time."
      confirm="Disconnect"
      cancel="Keep connected"
      destructive
      loading={disconnect.isPending}
      error={disconnect.error}
      onConfirm={() => disconnect.mutate()}
      onCancel={onClose}
    >
      {replicas === 0
        ? 'It has no replica yet, so no tunnel is lost.'
        : `Tunnel, routes and keys are taken off ${counted(replicas, 'replica')} at once: they no longer reach ${subnets === undefined ? 'its private network' : subnetsInWords(subnets)}.`}
    </ConfirmDialog>
  );
}
