import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SignInProvider } from '../../contract/signInProviders.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

type RemoveProviderDialogProps = {
  team: string;
  provider: SignInProvider;
  onRemoved: () => void;
  onClose: () => void;
};

export function RemoveProviderDialog({ team, provider, onRemoved, onClose }: RemoveProviderDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/sign-in-provider`, { ifMatch: provider.revision }),
    onSuccess: async () => {
      onRemoved();
      toast(`${provider.name} is removed. Members sign in by password.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.signInSettings(team) });
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${provider.name}?`}
      confirm="Remove provider"
      cancel="Keep it"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
      consequences={[
        'Nobody signs in with it any more; browsers that are signed in stay so.',
        'Passwords are good for everybody again.',
        'Whoever has no password needs a link from the Members page.',
      ]}
      note="Accounts stay linked: set the same issuer up again, and they are found."
    >
      Members of this team sign in by password from then on.
    </ConfirmDialog>
  );
}
