import Button from '@mui/material/Button';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { WorkspaceCreate, type Workspace } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Stack } from '../ui/Panel.tsx';

/** Asks for a new workspace’s name, and goes on to the command that joins its first replica. */
export default function CreateWorkspaceDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    defaultValues: { name: '' },
    resolver: zodResolver(WorkspaceCreate),
    mode: 'onTouched',
  });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: (input: WorkspaceCreate) => api.post<Workspace>(apiPath`/teams/${team}/workspaces`, input),
    onSuccess: (workspace) => {
      queryClient.setQueryData(keys.workspace(team, workspace.id), workspace);
      void queryClient.invalidateQueries({ queryKey: keys.workspaces(team) });
      void navigate({
        to: '/teams/$team/workspaces/$workspace/replicas',
        params: { team, workspace: workspace.id },
      });
    },
    onError: (error) => showProblem(error, form.setError, sameName('name')),
  });
  return (
    <Dialog title="Create a workspace" onClose={onClose} busy={create.isPending}>
      <form noValidate onSubmit={(event) => void form.handleSubmit((input) => create.mutate(input))(event)}>
        <Stack>
          <TextField
            label="Name"
            mono
            autoFocus
            help="Lower-case letters, digits and dashes. Replicas are named after it: billing-api-1, billing-api-2."
            error={errors.name?.message}
            {...form.register('name')}
          />
          {errors.root?.['server']?.message !== undefined && (
            <Notice state="failed">{errors.root['server'].message}</Notice>
          )}
          <DialogActions>
            <Button onClick={onClose} disabled={create.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={create.isPending}>
              Create workspace
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
