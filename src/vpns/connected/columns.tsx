import { styled } from '@mui/material/styles';
import type { ConnectedWorkspace } from '../../../contract/workspaces.ts';
import { color, media } from '../../theme/tokens.ts';
import { anchorOf, TunnelCell, tunnelColumns } from '../../tunnels/tunnelColumns.tsx';
import { counted } from '../../ui/counted.ts';
import { QuietLink } from '../../ui/links.tsx';
import type { Column } from '../../ui/table/column.ts';
import { Mono, Small } from '../../ui/text.tsx';
import { SummaryMark } from '../../ui/TunnelMark.tsx';
import type { ConnectedRow } from './rows.ts';

const Name = styled('span')({ fontWeight: 500 });

/** Where the drawing’s line leads to: the row is lit while it is the target. */
const Replica = styled('span')({
  display: 'inline-block',
  marginLeft: 16,
  padding: '2px 4px',
  borderRadius: 4,
  scrollMargin: 80,
  '&:target': { backgroundColor: color.primarySoft },
  [media.phone]: { marginLeft: -4 },
});

/** Why none of its replicas has a tunnel of this VPN. */
const whyNone = ({ replicas }: ConnectedWorkspace) =>
  replicas.total === 0 ? 'No replica has joined yet' : 'On the other VPN, while it moves';

export const connectedColumns: Column<ConnectedRow>[] = [
  {
    id: 'name',
    header: 'Workspace and replica',
    card: 'title',
    skeleton: 130,
    cell: (row) =>
      row.kind === 'replica' ? (
        <Replica id={anchorOf(row.tunnel)}>
          <Mono>{row.tunnel.replica.name}</Mono>
        </Replica>
      ) : (
        <>
          <QuietLink
            from="/teams/$team/vpns/$vpn/workspaces"
            to="/teams/$team/workspaces/$workspace/vpns"
            params={{ workspace: row.group.connected.workspace.id }}
          >
            <Name>{row.group.connected.workspace.name}</Name>
          </QuietLink>{' '}
          <Small>{counted(row.group.connected.replicas.total, 'replica')}</Small>
        </>
      ),
  },
  {
    id: 'tunnel',
    header: 'Tunnel',
    card: 'state',
    skeleton: 80,
    cell: (row) =>
      row.kind === 'replica' ? (
        <TunnelCell
          tunnel={row.tunnel}
          explanation={row.explanation}
          nameOf={(explained) => explained.replica.name}
        />
      ) : (
        <SummaryMark summary={row.group.connected.tunnels} nothing={whyNone(row.group.connected)} />
      ),
  },
  ...tunnelColumns<ConnectedRow>((row) => (row.kind === 'replica' ? row.tunnel : undefined)),
];
