import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import { vpnDefaults, type Vpn } from '../../contract/vpns.ts';
import { api, apiPath } from '../api/client.ts';
import { showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { keepKey } from '../gatewayConfig/keptKey.ts';
import { useSession, useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { UnsavedChanges } from '../ui/form/UnsavedChanges.tsx';
import { ButtonLink, QuietLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import { fieldOf } from './form/checkForm.ts';
import { copyName } from './form/copyName.ts';
import { FormSkeleton } from './form/FormSkeleton.tsx';
import { useVpnForm } from './form/useVpnForm.ts';
import { toFormValues, toVpnChange, toVpnCreate, type VpnFormValues } from './form/values.ts';
import { VpnForm } from './form/VpnForm.tsx';
import { useImport } from './import/useImport.tsx';
import { vpnQuery } from '../api/vpns.ts';

const route = getRouteApi('/teams/$team/vpns/new');

/** A new VPN: from the defaults, with the settings of another one, or from a gateway’s file. */
export function CreateVpnPage() {
  const { id: team } = useTeam();
  const { duplicate } = route.useSearch();
  const original = useQuery({ ...vpnQuery(team, duplicate ?? ''), enabled: duplicate !== undefined });
  if (duplicate === undefined || original.data !== undefined) {
    return <NewVpn key={duplicate} original={original.data} />;
  }
  return (
    <Frame title="Create VPN">
      {original.error === null ? (
        <FormSkeleton />
      ) : (
        <Panel>
          <ErrorState
            title="The VPN to duplicate can’t be loaded"
            error={original.error}
            onRetry={original.refetch}
          />
        </Panel>
      )}
    </Frame>
  );
}

type FrameProps = { title: string; actions?: ReactNode; children: ReactNode };

function Frame({ title, actions, children }: FrameProps) {
  const { id: team } = useTeam();
  return (
    <Page
      title={title}
      crumb="New"
      breadcrumbs={[
        <QuietLink key="vpns" to="/teams/$team/vpns" params={{ team }}>
          VPNs
        </QuietLink>,
      ]}
      actions={actions}
    >
      {children}
    </Page>
  );
}

function NewVpn({ original }: { original: Vpn | undefined }) {
  const { id: team } = useTeam();
  const { server } = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const queryClient = useQueryClient();

  const context = { allowPrivatePeers: server.allowPrivatePeers, keyIsSet: original !== undefined };
  const [defaults] = useState(() =>
    original === undefined
      ? toFormValues(vpnDefaults)
      : { ...toFormValues(original), name: copyName(original.name) },
  );
  const form = useVpnForm(defaults, context);
  const { dialog } = route.useSearch();
  const showImport = (open: boolean) =>
    void navigate({
      from: '/teams/$team/vpns/new',
      search: (now) => ({ ...now, dialog: open ? 'import' : '' }),
      replace: !open,
      resetScroll: false,
    });
  const gatewayFile = useImport({
    form,
    allowPrivatePeers: server.allowPrivatePeers,
    open: dialog === 'import',
    onOpen: () => showImport(true),
    onClose: () => showImport(false),
  });

  // A copy that was made but could not be changed is there: the next try goes on from it.
  const copy = useRef<Vpn>(undefined);
  const create = useMutation({
    mutationFn: async (values: VpnFormValues) => {
      if (original === undefined || values.preSharedKey !== '') {
        return await api.post<Vpn>(apiPath`/teams/${team}/vpns`, toVpnCreate(values));
      }
      // The key never leaves the server, so the server copies it.
      copy.current ??= await api.post<Vpn>(apiPath`/teams/${team}/vpns/${original.id}/duplicate`, {
        name: values.name.trim(),
      });
      const change = toVpnChange(copy.current, values);
      if (Object.keys(change).length === 0) return copy.current;
      return await api.patch<Vpn>(apiPath`/teams/${team}/vpns/${copy.current.id}`, change, {
        ifMatch: copy.current.revision,
      });
    },
    onSuccess: (vpn, { preSharedKey }) => {
      if (preSharedKey !== '') keepKey(vpn, preSharedKey, router);
      queryClient.setQueryData(keys.vpn(team, vpn.id), vpn);
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
      toast(`${vpn.name} is created. Next, add the workspaces that need it.`);
      void navigate({
        to: '/teams/$team/vpns/$vpn/workspaces',
        params: { team, vpn: vpn.id },
        // A copy is often made to move workspaces to.
        search: original === undefined ? {} : { from: original.id },
        ignoreBlocker: true,
      });
    },
    onError: (error) => showProblem(error, form.setError, fieldOf),
    // What was sent holds the key.
    gcTime: 0,
  });

  return (
    <Frame
      title={original === undefined ? 'Create VPN' : `Duplicate ${original.name}`}
      actions={gatewayFile.button}
    >
      {gatewayFile.filled}
      <VpnForm
        form={form}
        context={context}
        storedVpn={original?.id ?? null}
        keyHelp={
          original === undefined
            ? 'The same text on both sides. It can’t be read back after saving.'
            : `Copied from ${original.name}; type to use another one.`
        }
        focus={undefined}
        led={gatewayFile.led}
        submit="Create VPN"
        onSubmit={(values) => create.mutate(values)}
        loading={create.isPending}
        error={form.formState.errors.root?.['server']?.message}
      >
        <ButtonLink variant="text" to="/teams/$team/vpns" params={{ team }}>
          Cancel
        </ButtonLink>
      </VpnForm>
      <UnsavedChanges dirty={form.formState.isDirty} what="the new VPN" />
      {gatewayFile.dialog}
    </Frame>
  );
}
