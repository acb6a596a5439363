import { useMutation, useQueryClient } from '@tanstack/react-query';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import type { GatewayLink } from '../../contract/gatewayLinks.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { toast } from '../ui/toast.ts';

type RevokeLinkDialogProps = { team: string; vpn: string; link: GatewayLink; onClose: () => void };

/** Asks before a link to a gateway configuration stops opening. */
export function RevokeLinkDialog({ team, vpn, link, onClose }: RevokeLinkDialogProps) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/vpns/${vpn}/gateway-links/${link.id}`),
    onSuccess: async () => {
      toast('The link no longer opens.');
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.vpn(team, vpn) });
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke the link for ${gatewayKindNames[link.kind]}?`}
      confirm="Revoke link"
      cancel="Keep link"
      destructive
      loading={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onCancel={onClose}
    >
      Whoever has it sees the configuration no longer. Tunnels go on as they are.{' '}
      {link.lastUsedAt === null ? (
        'It has never been opened.'
      ) : (
        <>
          It was last opened <RelativeTime at={link.lastUsedAt} />.
        </>
      )}
    </ConfirmDialog>
  );
}
