import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Vpn } from '../../contract/vpns.ts';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBar, PanelTitle, Stack } from '../ui/Panel.tsx';
import { verificationQuery, verificationsQuery, vpnQuery } from '../api/vpns.ts';
import { History } from './verify/History.tsx';
import { Results } from './verify/Results.tsx';
import { VerifyForm } from './verify/VerifyForm.tsx';

const route = getRouteApi('/teams/$team/vpns/$vpn/verify');

/** Says plainly that a check has nothing to go through. */
function NothingUp({ vpn }: { vpn: Vpn }) {
  const { id: team } = useTeam();
  const link = (
    <TextLink to="/teams/$team/vpns/$vpn/workspaces" params={{ team, vpn: vpn.id }}>
      Connected Workspaces
    </TextLink>
  );
  if (vpn.tunnels.wanted === 0) {
    return (
      <Notice state="none">No replica is connected to this VPN yet. Add a workspace under {link}.</Notice>
    );
  }
  return (
    <Notice state="warning">
      No tunnel of this VPN is up, so nothing behind the gateway can be reached. {link} says why.
    </Notice>
  );
}

/** Checks an address behind the gateway from every replica, and shows what came back. */
export function VpnVerifyTab() {
  const { id: team } = useTeam();
  const { vpn: id } = route.useParams();
  const { address, port, verification: chosen } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/vpns/$vpn/verify' });
  const { data: vpn } = useQuery(vpnQuery(team, id));
  const history = useInfiniteQuery(verificationsQuery(team, id));
  const latest = history.data?.items[0];
  const shown = chosen ?? latest?.id;
  const { data: verification } = useQuery({
    ...verificationQuery(team, shown ?? ''),
    enabled: shown !== undefined,
  });
  // The frame around the tabs shows that the VPN loads, or why it can’t.
  if (vpn === undefined) return null;
  return (
    <Stack>
      {vpn.tunnels.up === 0 && <NothingUp vpn={vpn} />}
      <Panel aria-label="Verify">
        <PanelBar>
          <PanelTitle>Check an address through the tunnels</PanelTitle>
        </PanelBar>
        {history.isPending ? null : (
          <VerifyForm
            vpn={vpn}
            initial={{
              address: address ?? latest?.address ?? '',
              port: port ?? String(latest?.port ?? ''),
            }}
            onStarted={(started) =>
              void navigate({ search: { verification: started.id }, replace: true, resetScroll: false })
            }
          />
        )}
      </Panel>
      {verification && <Results verification={verification} />}
      {history.error !== null && history.data === undefined ? (
        <Panel>
          <ErrorState title="Recent checks can’t be loaded" error={history.error} onRetry={history.refetch} />
        </Panel>
      ) : (
        (history.data?.total ?? 0) > 1 && <History verifications={history.data?.items} more={history} />
      )}
    </Stack>
  );
}
