import { styled } from '@mui/material/styles';
import { media } from '../theme/tokens.ts';
import { summarize } from '../tunnels/summarize.ts';
import { anchorOf, TunnelCell, tunnelColumns } from '../tunnels/tunnelColumns.tsx';
import { QuietLink } from '../ui/links.tsx';
import type { Column } from '../ui/table/column.ts';
import { Mono } from '../ui/text.tsx';
import { SummaryMark } from '../ui/TunnelMark.tsx';
import type { VpnRow } from './vpnRows.ts';

const Name = styled('span')({ fontWeight: 500 });
const Replica = styled('span')({ marginLeft: 20, scrollMargin: 80, [media.phone]: { marginLeft: 0 } });

export const vpnTabColumns: Column<VpnRow>[] = [
  {
    id: 'name',
    header: 'VPN and replica',
    card: 'title',
    skeleton: 130,
    cell: (row) =>
      row.kind === 'tunnel' ? (
        <Replica id={anchorOf(row.tunnel)}>
          <Mono>{row.tunnel.replica.name}</Mono>
        </Replica>
      ) : (
        <QuietLink
          from="/teams/$team/workspaces/$workspace/vpns"
          to="/teams/$team/vpns/$vpn/overview"
          params={{ vpn: row.vpn.id }}
        >
          <Name>{row.vpn.name}</Name>
        </QuietLink>
      ),
  },
  {
    id: 'tunnel',
    header: 'Tunnel',
    card: 'state',
    skeleton: 80,
    cell: (row) =>
      row.kind === 'tunnel' ? (
        <TunnelCell
          tunnel={row.tunnel}
          explanation={row.explanation}
          nameOf={(explained) => explained.replica.name}
        />
      ) : (
        <SummaryMark summary={summarize(row.tunnels)} nothing="Waiting for a replica" />
      ),
  },
  ...tunnelColumns<VpnRow>((row) => (row.kind === 'tunnel' ? row.tunnel : undefined)),
];
