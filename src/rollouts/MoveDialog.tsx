import Button from '@mui/material/Button';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { FormProvider, useController, useForm, useWatch } from 'react-hook-form';
import type { MoveCreate, Rollout } from '../../contract/rollouts.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useTeam } from '../session/viewer.ts';
import { counted } from '../ui/counted.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { SelectField } from '../ui/form/Select.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { toast } from '../ui/toast.ts';
import { connectedWorkspacesQuery, vpnsQuery } from '../api/vpns.ts';
import { AskDialog } from './AskDialog.tsx';
import { CheckFields } from './CheckFields.tsx';
import { noCheck, toCheck, type CheckValues } from './checkValues.ts';
import { rolloutKey } from './queries.ts';
import { WayOver } from './WayOver.tsx';
import { WorkspaceChoice } from './WorkspaceChoice.tsx';

type MoveDialogProps = {
  vpn: Vpn;
  /** The id of the VPN to move to, where that is known. */
  to: string | undefined;
  /** The id of the workspace that is to move; without one, all are chosen. */
  workspace: string | undefined;
  onClose: () => void;
};

type Move = CheckValues & { to: string; workspaces: ReadonlySet<string> };

/** Moves connected workspaces to another VPN, replica by replica. */
export function MoveDialog(props: MoveDialogProps) {
  const { id: team } = useTeam();
  const others = useInfiniteQuery(vpnsQuery(team));
  const connected = useInfiniteQuery(connectedWorkspacesQuery(team, props.vpn.id));
  // What there is to choose from is on the page behind already, as a rule.
  if (others.data === undefined || connected.data === undefined) return null;
  const targets = others.data.items.filter(({ id }) => id !== props.vpn.id);
  if (targets.length === 0) return <NowhereToMove {...props} team={team} />;
  return <MoveForm {...props} team={team} targets={targets} connected={connected.data.items} />;
}

const NowhereToMove = ({ team, vpn, onClose }: MoveDialogProps & { team: string }) => (
  <Dialog title={`Move workspaces from ${vpn.name}`} onClose={onClose}>
    <p>There is no other VPN to move them to. A copy of this one is a good beginning.</p>
    <DialogActions>
      <Button onClick={onClose}>Move nothing</Button>
      <ButtonLink
        variant="contained"
        color="primary"
        to="/teams/$team/vpns/new"
        params={{ team }}
        search={{ duplicate: vpn.id }}
      >
        Duplicate {vpn.name}
      </ButtonLink>
    </DialogActions>
  </Dialog>
);

type MoveFormProps = MoveDialogProps & {
  team: string;
  targets: readonly Vpn[];
  connected: Parameters<typeof WorkspaceChoice>[0]['workspaces'];
};

function MoveForm({ team, vpn, to, workspace, targets, connected, onClose }: MoveFormProps) {
  const queryClient = useQueryClient();
  const form = useForm<Move>({
    defaultValues: {
      ...noCheck,
      to: to ?? targets[0]?.id ?? '',
      workspaces: new Set(workspace === undefined ? connected.map((one) => one.workspace.id) : [workspace]),
    },
    mode: 'onTouched',
  });
  const chosen = useController({
    name: 'workspaces',
    control: form.control,
    rules: { validate: ({ size }) => size > 0 || 'Choose at least one workspace.' },
  });
  const [targetId, limitSeconds] = useWatch({ name: ['to', 'limitSeconds'], control: form.control });
  const target = targets.find(({ id }) => id === targetId);
  const move = useMutation({
    mutationFn: (wanted: MoveCreate) =>
      api.post<Rollout>(apiPath`/teams/${team}/vpns/${vpn.id}/moves`, wanted),
    onSuccess: (rollout) => {
      for (const end of [rollout.vpn, rollout.to ?? rollout.vpn]) {
        queryClient.setQueryData(rolloutKey(team, end.id), rollout);
        void queryClient.invalidateQueries({ queryKey: keys.vpn(team, end.id) });
      }
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
      toast(`The move to ${rollout.to?.name ?? 'the other VPN'} has begun.`);
      onClose();
    },
  });
  const submit = form.handleSubmit(({ workspaces, ...values }) =>
    move.mutate({
      to: values.to,
      workspaces: [...workspaces],
      check: toCheck(values),
      limitSeconds: values.limitSeconds,
    }),
  );
  const count = chosen.field.value.size;
  return (
    <AskDialog
      title={`Move workspaces from ${vpn.name}`}
      note={`They leave ${vpn.name} when all their replicas have moved. It keeps its settings, and can be deleted when nobody needs it.`}
      confirm={count === 0 ? 'Move workspaces' : `Move ${counted(count, 'workspace')}`}
      cancel="Move nothing"
      loading={move.isPending}
      error={move.error}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <FormProvider {...form}>
        <SelectField
          label="To"
          options={targets.map(({ id, name, peerIp }) => ({ value: id, label: `${name} (${peerIp})` }))}
          {...form.register('to')}
        />
        <WorkspaceChoice
          workspaces={connected}
          chosen={chosen.field.value}
          onChoose={chosen.field.onChange}
          error={chosen.fieldState.error?.message}
        />
        {target && <WayOver from={vpn} to={target} limitSeconds={limitSeconds} />}
        {target && <CheckFields key={target.id} vpn={target.id} peerSubnets={target.peerSubnets} />}
      </FormProvider>
    </AskDialog>
  );
}
