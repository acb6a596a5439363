import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { Issuer, PipelineRun, TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { api, apiPath } from '../api/client.ts';
import { showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { useTeam } from '../session/viewer.ts';
import { UnsavedChanges } from '../ui/form/UnsavedChanges.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { toast } from '../ui/toast.ts';
import { resolveRule } from './form/checkRule.ts';
import { fieldOfNew } from './form/fieldOf.ts';
import { GoneRunNotice, RefusedNotice } from './form/RefusedNotice.tsx';
import { RuleForm } from './form/RuleForm.tsx';
import { emptyRule, ruleForRun, type RuleValues, toRuleCreate } from './form/values.ts';
import { WhoFields } from './form/WhoFields.tsx';
import { trustedName } from './ruleWords.ts';

type NewRuleProps = {
  issuers: readonly Issuer[];
  /** Fills the form with its ids. */
  refused: PipelineRun | undefined;
  /** A run was asked for that there isn’t any more. */
  gone: boolean;
  /** The id of a VPN that is chosen at the start. */
  vpn: string | undefined;
  provider: PipelineProvider | undefined;
};

/** Makes a rule, and the issuer with it where the team doesn’t have it yet. */
export function NewRule({ issuers, refused, gone, vpn, provider }: NewRuleProps) {
  const { id: team } = useTeam();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [defaults] = useState((): RuleValues => {
    const admittedBy = refused?.admittedBy ?? null;
    if (refused && refused.provider !== 'api-token' && admittedBy !== null) {
      return ruleForRun(refused.provider, admittedBy, refused.vpn?.id);
    }
    return { ...emptyRule(provider ?? 'github', issuers), vpns: vpn === undefined ? [] : [vpn] };
  });
  const form = useForm<RuleValues>({ defaultValues: defaults, resolver: resolveRule });

  const create = useMutation({
    mutationFn: async (values: RuleValues) => {
      const url = values.issuer === '' ? values.issuerUrl.trim() : values.issuer;
      const known =
        issuers.find((issuer) => issuer.url === url) ??
        (await api.post<Issuer>(apiPath`/teams/${team}/issuers`, { provider: values.provider, url }));
      return await api.post<TrustedRepository>(
        apiPath`/teams/${team}/trusted-repositories`,
        toRuleCreate(values, known.id),
      );
    },
    onSuccess: (rule) => {
      toast(
        rule.state === 'active'
          ? `${trustedName(rule)}: trusted. The next run gets in.`
          : `${trustedName(rule)}: saved. Start a run of it, then confirm its ids here.`,
      );
      void navigate({
        to: '/teams/$team/settings/trusted-repositories',
        params: { team },
        ignoreBlocker: true,
      });
    },
    onError: (error, values) => showProblem(error, form.setError, fieldOfNew(values)),
    // The issuer may be there although the rule isn’t.
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.trust(team) }),
  });

  return (
    <>
      <RuleForm
        form={form}
        who={<WhoFields issuers={issuers} />}
        notice={refused ? <RefusedNotice run={refused} /> : gone && <GoneRunNotice />}
        submit="Trust repository"
        loading={create.isPending}
        error={form.formState.errors.root?.['server']?.message}
        onSubmit={(values) => create.mutate(values)}
      >
        <ButtonLink variant="text" to="/teams/$team/settings/trusted-repositories" params={{ team }}>
          Cancel
        </ButtonLink>
      </RuleForm>
      <UnsavedChanges dirty={form.formState.isDirty} what="the new rule" />
    </>
  );
}
