import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import type { Tunnel } from '../../../contract/tunnels.ts';
import type { Vpn } from '../../../contract/vpns.ts';
import { color, media, radius, type, visuallyHidden } from '../../theme/tokens.ts';
import { describePipe } from './geometry.ts';
import { ReplicaPipe, SubnetPipe } from './Pipe.tsx';

const count = (amount: number, one: string, many: string) => `${amount} ${amount === 1 ? one : many}`;

function workspacesLine({ workspaces, replicas }: Vpn): string {
  if (workspaces === 0) return 'None connected';
  return `${workspaces}, with ${count(replicas, 'replica', 'replicas')}`;
}

function End({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ ...type.small, color: color.textSecondary, mb: '2px' }}>{label}</Box>
      {children}
    </Box>
  );
}

/** Workspaces ═ gateway ═ subnets, drawn as a pipe with one line for each replica’s tunnel: a picture of the truth. */
export function Culvert({ team, vpn, tunnels }: { team: string; vpn: Vpn; tunnels: Tunnel[] }) {
  const [firstSubnet, ...moreSubnets] = vpn.peerSubnets;
  return (
    <Box
      component="figure"
      aria-label={`Tunnels of ${vpn.name}`}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto minmax(80px, 1fr) auto minmax(80px, 1fr) auto',
        alignItems: 'center',
        gap: '18px',
        p: '17px 18px',
        backgroundColor: color.surface,
        border: `1px solid ${color.line}`,
        borderRadius: `${radius.panel}px`,
        [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: '10px', p: '18px' },
      }}
    >
      <Box component="figcaption" sx={visuallyHidden}>
        {describePipe(vpn.tunnels)} The gateway is {vpn.peerIp}; behind it: {vpn.peerSubnets.join(', ')}.
      </Box>
      <End label="Workspaces">
        <Box sx={{ fontWeight: 600 }}>{workspacesLine(vpn)}</Box>
      </End>
      <ReplicaPipe team={team} vpn={vpn.id} summary={vpn.tunnels} tunnels={tunnels} />
      <End label="Gateway">
        <Box sx={{ ...type.mono, fontWeight: 600 }}>{vpn.peerIp}</Box>
      </End>
      <SubnetPipe summary={vpn.tunnels} />
      <End label={vpn.peerSubnets.length === 1 ? 'Peer subnet' : 'Peer subnets'}>
        <Box sx={{ ...type.mono, fontWeight: 600 }} title={vpn.peerSubnets.join(', ')}>
          {firstSubnet}
          {moreSubnets.length > 0 && ` +${moreSubnets.length}`}
        </Box>
      </End>
    </Box>
  );
}
