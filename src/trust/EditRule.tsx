import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { PipelineRun, TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { api, apiPath } from '../api/client.ts';
import { showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { useTeam } from '../session/viewer.ts';
import { UnsavedChanges } from '../ui/form/UnsavedChanges.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { toast } from '../ui/toast.ts';
import { resolveRule } from './form/checkRule.ts';
import { fieldOf } from './form/fieldOf.ts';
import { RefusedNotice } from './form/RefusedNotice.tsx';
import { RuleForm } from './form/RuleForm.tsx';
import { lacking, type RuleValues, toRuleChange, toRuleValues } from './form/values.ts';
import { savedMeanwhile, SavedMeanwhile } from './SavedMeanwhile.tsx';
import { trustedName } from './ruleWords.ts';
import { StoppedNotice, WhoFacts } from './WhoFacts.tsx';

/** The form of a rule that there is. Whom it trusts stays; a rule for somebody else is another rule. */
export function EditRule({ rule, refused }: { rule: TrustedRepository; refused: PipelineRun | undefined }) {
  const { id: team } = useTeam();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  // The revision that the edit began from: later ones never reset what is being typed.
  const [from, setFrom] = useState(rule);
  const form = useForm<RuleValues>({ defaultValues: toRuleValues(from), resolver: resolveRule });
  const save = useMutation({
    mutationFn: ({ values, revision }: { values: RuleValues; revision: number }) =>
      api.patch<TrustedRepository>(
        apiPath`/teams/${team}/trusted-repositories/${rule.id}`,
        toRuleChange(values, rule),
        { ifMatch: revision },
      ),
    onSuccess: (saved) => {
      toast(`${trustedName(saved)}: saved. It counts from the next run on.`);
      void navigate({
        to: '/teams/$team/settings/trusted-repositories',
        params: { team },
        ignoreBlocker: true,
      });
    },
    onError: (error) => {
      if (savedMeanwhile(error) === undefined) showProblem(error, form.setError, fieldOf);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.trust(team) }),
  });
  const theirs = savedMeanwhile(save.error);
  const addition = refused && lacking(form.watch(), refused);
  const add = () => {
    if (addition) form.reset({ ...form.getValues(), ...addition }, { keepDefaultValues: true });
  };
  return (
    <>
      <RuleForm
        form={form}
        who={<WhoFacts rule={rule} names={form.watch(['owner', 'repository'])} />}
        notice={
          <>
            {rule.state === 'stopped' && <StoppedNotice rule={rule} />}
            {refused && (
              <RefusedNotice
                run={refused}
                action={
                  addition &&
                  Object.keys(addition).length > 0 && (
                    <Button size="small" onClick={add}>
                      Let such runs in
                    </Button>
                  )
                }
              />
            )}
          </>
        }
        submit={rule.state === 'stopped' ? 'Save and take over' : 'Save rule'}
        loading={save.isPending}
        error={
          theirs ? (
            <SavedMeanwhile
              theirs={theirs}
              onOverwrite={() => save.mutate({ values: form.getValues(), revision: theirs.revision })}
              onTake={() => {
                setFrom(theirs);
                form.reset(toRuleValues(theirs));
                save.reset();
              }}
            />
          ) : (
            form.formState.errors.root?.['server']?.message
          )
        }
        onSubmit={(values) => save.mutate({ values, revision: from.revision })}
      >
        <ButtonLink variant="text" to="/teams/$team/settings/trusted-repositories" params={{ team }}>
          Cancel
        </ButtonLink>
      </RuleForm>
      <UnsavedChanges dirty={form.formState.isDirty} what={trustedName(rule)} />
    </>
  );
}
