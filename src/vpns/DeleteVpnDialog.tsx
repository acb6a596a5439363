import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Vpn } from '../../contract/vpns.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';
import { useAffected } from '../tunnels/useAffected.tsx';
import { counted } from '../ui/counted.ts';
import { subnetsInWords } from '../ui/subnetsInWords.ts';

function consequence({ workspaces, replicas, peerSubnets }: Vpn): string {
  if (workspaces === 0) return 'No workspace is connected to it, so no tunnel is lost.';
  return `Its tunnels come down on ${counted(replicas, 'replica')} of ${counted(workspaces, 'workspace')}: they lose the way to ${subnetsInWords(peerSubnets)} at once.`;
}

type DeleteVpnDialogProps = { team: string; vpn: Vpn; onClose: () => void; onDeleted?: () => void };

/** Asks before a VPN is deleted, and says whose tunnels are lost with it. */
export function DeleteVpnDialog({ team, vpn, onClose, onDeleted }: DeleteVpnDialogProps) {
  const queryClient = useQueryClient();
  const affected = useAffected(team, vpn.id);
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/vpns/${vpn.id}`),
    onSuccess: () => {
      toast(`${vpn.name} is deleted.`);
      onClose();
      onDeleted?.();
      queryClient.removeQueries({ queryKey: keys.vpn(team, vpn.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${vpn.name}?`}
      consequences={affected}
      note="The pre-shared key is deleted too and can’t be read back. The gateway keeps its own configuration."
      confirm="Delete VPN"
      cancel="Keep VPN"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      {consequence(vpn)}
    </ConfirmDialog>
  );
}
