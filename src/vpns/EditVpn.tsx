import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Vpn, type VpnChange } from '../../contract/vpns.ts';
import { api, apiPath } from '../api/client.ts';
import { showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { ApiProblem } from '../api/problem.ts';
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
import { restartsTunnels, toFormValues, toVpnChange, type VpnFormValues } from './form/values.ts';
import { VpnForm } from './form/VpnForm.tsx';
import { RestartDialog } from './RestartDialog.tsx';

type Save = { change: VpnChange; revision: number };

/** The form over a stored VPN. `vpn` follows the server; what is typed stays on the version that editing began with. */
export function EditVpn({ vpn, focus }: { vpn: Vpn; focus: FieldName | undefined }) {
  const { id: team } = useTeam();
  const { server } = useSession();
  const navigate = useNavigate();
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
      queryClient.setQueryData(keys.vpn(team, saved.id), saved);
      // Tunnels may have moved on since the server wrote this answer.
      void queryClient.invalidateQueries({ queryKey: keys.vpn(team, saved.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpn(team, saved.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
      toast(
        restartsTunnels(change) && saved.tunnels.wanted > 0
          ? `${saved.name} is saved. Its tunnels restart now.`
          : `${saved.name} is saved.`,
      );
      leave();
    },
    onError: (error) => {
      setAsking(undefined);
      const current =
        error instanceof ApiProblem && error.status === 412 ? Vpn.safeParse(error.current) : undefined;
      if (current?.success === true) setTheirs(current.data);
      else showProblem(error, form.setError, fieldOf);
    },
  });

  const submit = (values: VpnFormValues) => {
    const change = toVpnChange(base, values);
    if (Object.keys(change).length === 0) {
      toast(`Nothing was changed in ${vpn.name}.`);
      leave();
      return;
    }
    const saving = { change, revision: base.revision };
    if (restartsTunnels(change) && vpn.replicas > 0) setAsking(saving);
    else save.mutate(saving);
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
        error={form.formState.errors.root?.['server']?.message}
      >
        <ButtonLink variant="text" to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn: vpn.id }}>
          Cancel
        </ButtonLink>
      </VpnForm>
      {asking && (
        <RestartDialog
          team={team}
          vpn={vpn}
          loading={save.isPending}
          onConfirm={() => save.mutate(asking)}
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
          onOverwrite={() =>
            save.mutate({ change: toVpnChange(theirs, form.getValues()), revision: theirs.revision })
          }
          onClose={() => setTheirs(undefined)}
        />
      )}
      <UnsavedChanges dirty={form.formState.isDirty} what={vpn.name} />
    </Stack>
  );
}
