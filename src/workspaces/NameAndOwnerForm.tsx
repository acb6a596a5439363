import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { styled } from '@mui/material/styles';
import { useForm } from 'react-hook-form';
import { workspaceName, type Workspace, type WorkspaceChange } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { membersQuery } from '../api/team.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FieldPair } from '../ui/form/FormSection.tsx';
import { SelectField } from '../ui/form/Select.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { UnsavedChanges } from '../ui/form/UnsavedChanges.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle, Row, Stack } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';

const Form = styled('form')({ maxWidth: 756 });

type Input = { name: string; ownerId: string };

const refuseName = (name: string) => {
  const parsed = workspaceName.safeParse(name);
  return parsed.success || (parsed.error.issues[0]?.message ?? 'This name can’t be used.');
};

/** What differs from the stored workspace. */
const changeOf = ({ name, owner }: Workspace, input: Input): WorkspaceChange => ({
  ...(input.name.trim() === name ? {} : { name: input.name.trim() }),
  ...(input.ownerId === owner.id ? {} : { ownerId: input.ownerId }),
});

/** Renames a workspace or hands it over. */
export function NameAndOwnerForm({
  workspace,
  denied,
}: {
  workspace: Workspace;
  denied: string | undefined;
}) {
  const { id: team } = useTeam();
  const queryClient = useQueryClient();
  const members = useInfiniteQuery(membersQuery(team));
  const form = useForm<Input>({
    defaultValues: { name: workspace.name, ownerId: workspace.owner.id },
    mode: 'onTouched',
  });
  const { errors, isDirty } = form.formState;
  const save = useMutation({
    mutationFn: (change: WorkspaceChange) =>
      api.patch<Workspace>(apiPath`/teams/${team}/workspaces/${workspace.id}`, change, {
        ifMatch: workspace.revision,
      }),
    onSuccess: (saved) => {
      queryClient.setQueryData(keys.workspace(team, saved.id), saved);
      void queryClient.invalidateQueries({ queryKey: keys.workspace(team, saved.id) });
      void queryClient.invalidateQueries({ queryKey: keys.workspaces(team) });
      form.reset({ name: saved.name, ownerId: saved.owner.id });
      toast(`${saved.name} is saved.`);
    },
    onError: (error) => showProblem(error, form.setError, sameName('name', 'ownerId')),
  });
  // The owner stays choosable when the list of members isn’t here (yet) or holds only a part of them.
  const others = members.data?.items.filter(({ id }) => id !== workspace.owner.id) ?? [];
  const owners = [workspace.owner, ...others].map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Panel aria-label="Name and owner">
      <PanelBar>
        <PanelTitle>Name and owner</PanelTitle>
      </PanelBar>
      <PanelBody>
        <Form
          noValidate
          onSubmit={(event) =>
            void form.handleSubmit((input) => save.mutate(changeOf(workspace, input)))(event)
          }
        >
          <Stack>
            <FieldPair>
              <TextField
                label="Name"
                mono
                readOnly={denied !== undefined}
                help="Its replicas are renamed with it. Tunnels aren’t restarted."
                error={errors.name?.message}
                {...form.register('name', { validate: refuseName })}
              />
              <SelectField
                label="Owner"
                disabled={denied !== undefined}
                help="May manage this workspace, like the team’s admins. Handed over, its replicas keep what they have of the last owner’s secrets until they start again."
                options={owners}
                error={errors.ownerId?.message}
                {...form.register('ownerId')}
              />
            </FieldPair>
            {errors.root?.['server']?.message !== undefined && (
              <Notice state="failed">{errors.root['server'].message}</Notice>
            )}
            <Row>
              <ActionButton
                type="submit"
                loading={save.isPending}
                disabledReason={denied ?? (isDirty ? undefined : 'Nothing is changed yet.')}
              >
                Save
              </ActionButton>
            </Row>
          </Stack>
        </Form>
      </PanelBody>
      <UnsavedChanges dirty={isDirty} what={workspace.name} />
    </Panel>
  );
}
