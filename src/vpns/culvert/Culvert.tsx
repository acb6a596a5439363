import { styled } from '@mui/material/styles';
import type { Tunnel } from '../../../contract/tunnels.ts';
import type { Vpn } from '../../../contract/vpns.ts';
import { color, media, radius, type, visuallyHidden } from '../../theme/tokens.ts';
import { describePipe } from './geometry.ts';
import { ReplicaPipe, SubnetPipe } from './Pipe.tsx';

const Figure = styled('figure')({
  display: 'grid',
  gridTemplateColumns: 'auto minmax(80px, 1fr) auto minmax(80px, 1fr) auto',
  alignItems: 'center',
  gap: 18,
  padding: '17px 18px',
  backgroundColor: color.surface,
  border: `1px solid ${color.line}`,
  borderRadius: radius.panel,
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: 10, padding: 18 },
});

const Hidden = styled('figcaption')(visuallyHidden);

const End = styled('dl')({
  '& dt': { ...type.small, color: color.textSecondary, marginBottom: 2 },
  '& dd': { fontWeight: 600 },
});

const MonoValue = styled('dd')(type.mono);

function workspacesLine({ workspaces, replicas }: Vpn): string {
  if (workspaces === 0) return 'None connected';
  return `${workspaces}, with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
}

/** Workspaces ═ gateway ═ subnets, drawn as a pipe with one line for each replica’s tunnel: a picture of the truth. */
export function Culvert({ team, vpn, tunnels }: { team: string; vpn: Vpn; tunnels: Tunnel[] }) {
  const [firstSubnet, ...moreSubnets] = vpn.peerSubnets;
  return (
    <Figure aria-label={`Tunnels of ${vpn.name}`}>
      <Hidden>
        {describePipe(vpn.tunnels)} The gateway is {vpn.peerIp}; behind it: {vpn.peerSubnets.join(', ')}.
      </Hidden>
      <End>
        <dt>Workspaces</dt>
        <dd>{workspacesLine(vpn)}</dd>
      </End>
      <ReplicaPipe team={team} vpn={vpn.id} summary={vpn.tunnels} tunnels={tunnels} />
      <End>
        <dt>Gateway</dt>
        <MonoValue>{vpn.peerIp}</MonoValue>
      </End>
      <SubnetPipe summary={vpn.tunnels} />
      <End>
        <dt>{vpn.peerSubnets.length === 1 ? 'Peer subnet' : 'Peer subnets'}</dt>
        <MonoValue title={vpn.peerSubnets.join(', ')}>
          {firstSubnet}
          {moreSubnets.length > 0 && ` +${moreSubnets.length}`}
        </MonoValue>
      </End>
    </Figure>
  );
}
