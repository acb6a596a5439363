import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OwnIdentity } from '../../contract/signInProviders.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

export function UnlinkDialog({ identity, onClose }: { identity: OwnIdentity; onClose: () => void }) {
  const queryClient = useQueryClient();
  const name = identity.provider ?? identity.issuer;
  const unlink = useMutation({
    mutationFn: () => api.delete(apiPath`/me/identities/${identity.id}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.ownSignIn });
      toast(`${name} is unlinked.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Unlink ${name}?`}
      confirm="Unlink"
      cancel="Keep it linked"
      destructive
      loading={unlink.isPending}
      error={unlink.error}
      onConfirm={() => unlink.mutate()}
      onCancel={onClose}
    >
      You can’t sign in with it any more. You stay signed in here, and you can link it again.
    </ConfirmDialog>
  );
}
