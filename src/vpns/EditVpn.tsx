import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { RolloutOptions } from '../../contract/rollouts.ts';
import { Vpn, type VpnChange } from '../../contract/vpns.ts';
import { api, apiPath } from '../api/client.ts';
import { showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { ApiProblem } from '../api/problem.ts';
import { keepKey } from '../gatewayConfig/keptKey.ts';
import { ChangeDialog } from '../rollouts/ChangeDialog.tsx';
import { RolloutRunning } from '../rollouts/RolloutRunning.tsx';
import { useSession, useTeam } from '../session/viewer.ts';
import { UnsavedChanges } from '../ui/form/UnsavedChanges.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Stack } from '../ui/Panel.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { toast } from '../ui/toast.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { fieldOf, type FieldName } from './form/checkForm.ts';
import { mergeOnto } from './form/difference.ts';
import { useVpnForm } from './form/useVpnForm.ts';
import { concernsTunnels, toFormValues, toVpnChange, type VpnFormValues } from './form/values.ts';
import { VpnForm } from './form/VpnForm.tsx';

type Save = { change: VpnChange; revision: number };

const isAboutRollout = (error: Error | null) =>
  error instanceof ApiProblem &&
  error.errors.length > 0 &&
  error.errors.every(({ path }) => path.startsWith('rollout'));

const isRolloutRunning = (error: Error | null) =>
  error instanceof ApiProblem && error.code === 'rollout_running';

/** What happens to tunnels after a save, for its toast. */
function whatFollows({ rollout, tunnels }: Vpn, change: VpnChange): string {
  if (rollout !== null) return ' The change goes to its first replica now.';
  return concernsTunnels(change) && tunnels.wanted > 0 ? ' Its tunnels change now.' : '';
}

/** The form over a stored VPN. `vpn` follows the server; what is typed stays on the version that editing began with. */
export function EditVpn({ vpn, focus }: { vpn: Vpn; focus: FieldName | undefined }) {
  const { id: team } = useTeam();
  const { server } = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const queryClient = useQueryClient();

  const context = { allowPrivatePeers: server.allowPrivatePeers, keyIsSet: true };
  const [base, setBase] = useState(vpn);
  const [defaults] = useState(() => toFormValues(vpn));
  const form = useVpnForm(defaults, context);
  const [asking, setAsking] = useState<Save>();
  const [theirs, setTheirs] = useState<Vpn>();

  const leave = () =>
    void navigate({
      to: '/teams/$team/vpns/$vpn/overview',
      params: { team, vpn: vpn.id },
      ignoreBlocker: true,
    });
  const save = useMutation({
    mutationFn: ({ change, revision }: Save) =>
      api.patch<Vpn>(apiPath`/teams/${team}/vpns/${vpn.id}`, change, { ifMatch: revision }),
    onSuccess: (saved, { change }) => {
      if (change.preSharedKey !== undefined) keepKey(saved, change.preSharedKey, router);
      queryClient.setQueryData(keys.vpn(team, saved.id), saved);
      // Tunnels may have moved on since the server wrote this answer.
      void queryClient.invalidateQueries({ queryKey: keys.vpn(team, saved.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
      toast(`${saved.name} is saved.${whatFollows(saved, change)}`);
      leave();
    },
    onError: (error) => {
      // Only how it is done was refused: the dialog stays, and says so.
      if (isAboutRollout(error)) return;
      setAsking(undefined);
      const current =
        error instanceof ApiProblem && error.status === 412 ? Vpn.safeParse(error.current) : undefined;
      if (current?.success === true) setTheirs(current.data);
      else showProblem(error, form.setError, fieldOf);
    },
    // What was sent may hold the key.
    gcTime: 0,
  });

  const saveOrAsk = (saving: Save) => {
    if (concernsTunnels(saving.change) && vpn.tunnels.wanted > 0) setAsking(saving);
    else save.mutate(saving);
  };
  const choose = ({ change, revision }: Save, rollout: RolloutOptions | undefined) =>
    save.mutate({ change: rollout === undefined ? change : { ...change, rollout }, revision });
  const submit = (values: VpnFormValues) => {
    const change = toVpnChange(base, values);
    if (Object.keys(change).length === 0) {
      toast(`Nothing was changed in ${vpn.name}.`);
      leave();
      return;
    }
    saveOrAsk({ change, revision: base.revision });
  };
  const editOnTop = (of: Vpn) => {
    const merged = mergeOnto(base, form.getValues(), of);
    form.reset(toFormValues(of));
    form.reset(merged, { keepDefaultValues: true });
    setBase(of);
    setTheirs(undefined);
  };

  return (
    <Stack>
      {vpn.revision > base.revision && (
        <Notice state="warning" action={<Button onClick={() => setTheirs(vpn)}>Compare</Button>}>
          {vpn.updatedBy?.name ?? 'Somebody'} changed this VPN <RelativeTime at={vpn.updatedAt} />, while you
          were editing it.
        </Notice>
      )}
      {vpn.rollout !== null && (
        <Notice state="warning">
          <RolloutRunning vpn={vpn.id} kind={vpn.rollout.kind} />
        </Notice>
      )}
      <VpnForm
        form={form}
        context={context}
        storedVpn={vpn.id}
        keyHelp={
          <>
            Set <RelativeTime at={base.preSharedKeyChangedAt} />; type to replace it.
          </>
        }
        focus={focus}
        submit="Save VPN"
        onSubmit={submit}
        loading={save.isPending}
        error={
          isRolloutRunning(save.error) ? (
            <RolloutRunning vpn={vpn.id} kind={vpn.rollout?.kind ?? 'change'} />
          ) : (
            form.formState.errors.root?.['server']?.message
          )
        }
      >
        <ButtonLink variant="text" to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn: vpn.id }}>
          Cancel
        </ButtonLink>
      </VpnForm>
      {asking && (
        <ChangeDialog
          team={team}
          vpn={vpn}
          change={asking.change}
          loading={save.isPending}
          error={isAboutRollout(save.error) ? save.error : null}
          onConfirm={(rollout) => choose(asking, rollout)}
          onCancel={() => setAsking(undefined)}
        />
      )}
      {theirs && (
        <ConflictDialog
          base={base}
          yours={form.getValues()}
          theirs={theirs}
          loading={save.isPending}
          onEditOnTop={() => editOnTop(theirs)}
          onOverwrite={() => {
            setTheirs(undefined);
            saveOrAsk({ change: toVpnChange(theirs, form.getValues()), revision: theirs.revision });
          }}
          onClose={() => setTheirs(undefined)}
        />
      )}
      <UnsavedChanges dirty={form.formState.isDirty} what={vpn.name} />
    </Stack>
  );
}
