import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Issuer } from '../../contract/pipelines/pipelines.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { counted } from '../ui/counted.ts';
import { toast } from '../ui/toast.ts';
import { issuerName } from './issuers.ts';

type RemoveIssuerDialogProps = { team: string; issuer: Issuer; onClose: () => void };

/** Asks before tokens of an issuer aren’t accepted any more. */
export function RemoveIssuerDialog({ team, issuer, onClose }: RemoveIssuerDialogProps) {
  const queryClient = useQueryClient();
  const name = issuerName(issuer);
  const remove = useMutation({
    mutationFn: () => api.delete(apiPath`/teams/${team}/issuers/${issuer.id}`),
    onSuccess: async () => {
      toast(`Tokens of ${name} are refused from now on.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.trust(team) });
    },
  });
  return (
    <ConfirmDialog
      title={`Remove the issuer ${name}?`}
      confirm="Remove issuer"
      cancel="Keep issuer"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      {issuer.rules === 0
        ? 'No rule trusts a repository of it.'
        : `${counted(issuer.rules, 'rule')} for its repositories ${issuer.rules === 1 ? 'goes' : 'go'} with it. Their pipelines are refused at once.`}
    </ConfirmDialog>
  );
}
