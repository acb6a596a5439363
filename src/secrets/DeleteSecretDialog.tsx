import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Secret } from '../../contract/secretsApi.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';

type DeleteSecretDialogProps = { team: string; secret: Secret; onClose: () => void };

/** Asks before a secret is gone for good. */
export function DeleteSecretDialog({ team, secret, onClose }: DeleteSecretDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/secrets/${secret.id}`),
    onSuccess: async () => {
      toast(`The secret ${secret.name} is deleted.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.secrets(team) });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete the secret ${secret.name}?`}
      confirm="Delete secret"
      cancel="Keep secret"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      Its value can’t be had back. Replicas that have it keep it until they start again.
    </ConfirmDialog>
  );
}
