import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { toast } from '../ui/toast.ts';
import { trustedName } from './ruleWords.ts';

type DeleteRuleDialogProps = { team: string; rule: TrustedRepository; onClose: () => void };

/** Asks before a repository isn’t trusted any more. */
export function DeleteRuleDialog({ team, rule, onClose }: DeleteRuleDialogProps) {
  const queryClient = useQueryClient();
  const name = trustedName(rule);
  const remove = useMutation({
    mutationFn: () =>
      api.delete(apiPath`/teams/${team}/trusted-repositories/${rule.id}`, { ifMatch: rule.revision }),
    onSuccess: async () => {
      toast(`${name}: no longer trusted.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.trust(team) });
    },
  });
  return (
    <ConfirmDialog
      title={`Stop trusting ${rule.repository?.name ?? `the repositories of ${rule.owner.name}`}?`}
      confirm="Stop trusting"
      cancel="Keep trusting"
      destructive
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      Its pipelines are refused from now on, those that are running too. Previews that they made stay until
      their time is up; delete their workspaces to end them now.
    </ConfirmDialog>
  );
}
