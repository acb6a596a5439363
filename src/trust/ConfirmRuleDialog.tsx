import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Mono } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { toast } from '../ui/toast.ts';
import { issuerName } from './issuers.ts';
import { trustedName } from './ruleWords.ts';

type ConfirmRuleDialogProps = {
  team: string;
  rule: TrustedRepository;
  seen: NonNullable<TrustedRepository['seen']>;
  onClose: () => void;
};

/** Asks whether who came first under a typed name is who was meant: from then on its ids count, not its name. */
export function ConfirmRuleDialog({ team, rule, seen, onClose }: ConfirmRuleDialogProps) {
  const queryClient = useQueryClient();
  const confirm = useMutation({
    mutationFn: () =>
      api.post<TrustedRepository>(apiPath`/teams/${team}/trusted-repositories/${rule.id}/confirmation`, {
        owner: seen.owner,
        repository: seen.repository,
      }),
    onSuccess: async () => {
      toast(`${trustedName(rule)}: trusted. The next run gets in.`);
      onClose();
    },
    // A refusal means that others have come since: the page then shows whom.
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.trust(team) }),
  });
  return (
    <ConfirmDialog
      title={`Is this ${rule.repository?.name ?? rule.owner.name}?`}
      confirm={rule.repository === null ? 'Trust this owner' : 'Trust this repository'}
      cancel="Not yet"
      loading={confirm.isPending}
      error={confirm.error}
      note="Names can be given up and taken by somebody else; ids can’t. Compare them with what the provider shows."
      onConfirm={() => confirm.mutate()}
      onCancel={onClose}
    >
      <p style={{ marginBottom: 12 }}>
        A pipeline with this name came from {issuerName(rule.issuer)} <RelativeTime at={seen.at} />. It waits
        for you: once you confirm, only these ids are trusted.
      </p>
      <Facts>
        <Fact label="Owner">
          {rule.owner.name} <Mono>{seen.owner}</Mono>
        </Fact>
        {rule.repository !== null && (
          <Fact label="Repository">
            {rule.repository.name} <Mono>{seen.repository}</Mono>
          </Fact>
        )}
      </Facts>
    </ConfirmDialog>
  );
}
