import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { QuietLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { EditVpn } from './EditVpn.tsx';
import { fieldOf } from './form/checkForm.ts';
import { FormSkeleton } from './form/FormSkeleton.tsx';
import { vpnQuery } from '../api/vpns.ts';

const route = getRouteApi('/teams/$team/vpns/$vpn/edit');

/** Changes a VPN. `?field=esp.proposals` starts at that field, as a diagnosis links to it. */
export function EditVpnPage() {
  const { id: team } = useTeam();
  const { vpn: id } = route.useParams();
  const { field } = route.useSearch();
  const query = useQuery(vpnQuery(team, id));
  const vpn = query.data;
  // The address may hold the name; events name ids.
  if (vpn !== undefined && vpn.id !== id) return <Navigate to="." params={{ vpn: vpn.id }} search replace />;
  return (
    <Page
      title={vpn === undefined ? 'Edit VPN' : `Edit ${vpn.name}`}
      crumb="Edit"
      breadcrumbs={[
        <QuietLink key="vpns" to="/teams/$team/vpns" params={{ team }}>
          VPNs
        </QuietLink>,
        <QuietLink key="vpn" to="/teams/$team/vpns/$vpn/overview" params={{ team, vpn: id }}>
          {vpn?.name ?? 'VPN'}
        </QuietLink>,
      ]}
    >
      {vpn !== undefined ? (
        <EditVpn key={vpn.id} vpn={vpn} focus={field === undefined ? undefined : fieldOf(field)} />
      ) : query.error === null ? (
        <FormSkeleton />
      ) : (
        <Panel>
          <ErrorState title="The VPN can’t be loaded" error={query.error} onRetry={query.refetch} />
        </Panel>
      )}
    </Page>
  );
}
