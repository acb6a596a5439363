import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate, Outlet, useChildMatches } from '@tanstack/react-router';
import { isMissing } from '../api/problem.ts';
import { RolloutProgress } from '../rollouts/RolloutProgress.tsx';
import { useTeam } from '../session/viewer.ts';
import { media } from '../theme/tokens.ts';
import { ButtonLink, QuietLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { PageError } from '../ui/PageError.tsx';
import { Stack } from '../ui/Panel.tsx';
import { Tab, Tabs } from '../ui/Tabs.tsx';
import { SummaryMark } from '../ui/TunnelMark.tsx';
import { Culvert } from './culvert/Culvert.tsx';
import { CulvertSkeleton } from './culvert/CulvertSkeleton.tsx';
import { drawsShares } from './culvert/geometry.ts';
import { tunnelsQuery, vpnQuery } from '../api/vpns.ts';
import { VpnActions } from './VpnActions.tsx';
import { whyNoTunnels } from './wording.ts';

const route = getRouteApi('/teams/$team/vpns/$vpn');

const Tabbed = styled(Stack)({ gap: 12, [media.phone]: { gap: 10 } });

/** The tabs that a change on its way to replicas is the matter of. */
const tabsOfTunnels = ['/teams/$team/vpns/$vpn/overview', '/teams/$team/vpns/$vpn/workspaces'];

/** The frame of one VPN: its state, the picture of its tunnels, its tabs. */
export function VpnLayout() {
  const { id: team } = useTeam();
  const { vpn: id } = route.useParams();
  const query = useQuery(vpnQuery(team, id));
  const vpn = query.data;
  const tunnels = useQuery({
    ...tunnelsQuery(team, id),
    enabled: vpn !== undefined && !drawsShares(vpn.tunnels),
  });
  const params = { team, vpn: id };
  const tab = useChildMatches({ select: (matches) => matches[0]?.routeId });
  const list = (
    <QuietLink key="vpns" to="/teams/$team/vpns" params={{ team }}>
      VPNs
    </QuietLink>
  );
  if (query.error !== null && (vpn === undefined || isMissing(query.error))) {
    return (
      <Page title="VPN" breadcrumbs={[list]}>
        <PageError
          what="VPN"
          error={query.error}
          missing={isMissing(query.error)}
          onRetry={query.refetch}
          retrying={query.isFetching}
        >
          <ButtonLink to="/teams/$team/vpns" params={{ team }}>
            All VPNs
          </ButtonLink>
        </PageError>
      </Page>
    );
  }
  // The address may hold the name; events name ids.
  if (vpn !== undefined && vpn.id !== id) return <Navigate to="." params={{ vpn: vpn.id }} search replace />;
  return (
    <Page
      title={vpn?.name ?? 'VPN'}
      breadcrumbs={[list]}
      state={vpn && <SummaryMark summary={vpn.tunnels} nothing={whyNoTunnels(vpn)} named />}
      actions={vpn && <VpnActions vpn={vpn} />}
    >
      <Tabbed data-screen="">
        {vpn === undefined ? (
          <CulvertSkeleton />
        ) : (
          <Culvert team={team} vpn={vpn} tunnels={tunnels.data?.items ?? []} />
        )}
        <Tabs label={vpn?.name ?? 'VPN'}>
          <Tab to="/teams/$team/vpns/$vpn/overview" params={params}>
            Overview
          </Tab>
          <Tab to="/teams/$team/vpns/$vpn/workspaces" params={params}>
            Connected Workspaces
          </Tab>
          <Tab to="/teams/$team/vpns/$vpn/verify" params={params}>
            Verify
          </Tab>
          <Tab to="/teams/$team/vpns/$vpn/gateway-config" params={params}>
            Gateway configuration
          </Tab>
          <Tab to="/teams/$team/vpns/$vpn/ci-cd" params={params}>
            CI/CD
          </Tab>
          <Tab to="/teams/$team/vpns/$vpn/activity" params={params}>
            Activity
          </Tab>
        </Tabs>
      </Tabbed>
      <Stack>
        {vpn !== undefined && (
          <RolloutProgress vpn={vpn.id} brief={tab === undefined || !tabsOfTunnels.includes(tab)} />
        )}
        <Outlet />
      </Stack>
    </Page>
  );
}
