import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Tunnel } from '../../../contract/tunnels.ts';
import { color, media } from '../../theme/tokens.ts';
import { bytes } from '../../ui/bytes.ts';
import { QuietLink, TextLink } from '../../ui/links.tsx';
import type { Column } from '../../ui/table/column.ts';
import { Mono, Secondary, Small } from '../../ui/text.tsx';
import { Elapsed } from '../../ui/Time.tsx';
import { SummaryMark, TunnelMark } from '../../ui/TunnelMark.tsx';
import { counted } from '../wording.ts';
import type { ConnectedRow } from './rows.ts';

const Name = styled('span')({ fontWeight: 500 });

/** Where the drawing’s line leads to: the row is lit while it is the target. */
const Replica = styled('span')({
  display: 'inline-block',
  marginLeft: 20,
  padding: '2px 4px',
  borderRadius: 4,
  scrollMargin: 80,
  '&:target': { backgroundColor: color.primarySoft },
  [media.phone]: { marginLeft: -4 },
});

const Stacked = styled('span')({
  display: 'inline-flex',
  flexWrap: 'wrap',
  columnGap: 8,
  alignItems: 'baseline',
});

const nothing = <Secondary>–</Secondary>;

function Lasting({ state, since }: Tunnel) {
  const elapsed = <Elapsed at={since} />;
  if (state === 'up') return <Secondary>{elapsed}</Secondary>;
  if (state === 'failed') return <Secondary>down for {elapsed}</Secondary>;
  if (state === 'offline') return <Secondary>offline for {elapsed}</Secondary>;
  return nothing;
}

const ofReplica = (read: (tunnel: Tunnel) => ReactNode) => (row: ConnectedRow) =>
  row.kind === 'replica' ? read(row.tunnel) : null;

export const connectedColumns: Column<ConnectedRow>[] = [
  {
    id: 'name',
    header: 'Workspace and replica',
    card: 'title',
    skeleton: 130,
    cell: (row) =>
      row.kind === 'replica' ? (
        <Replica id={`replica-${row.tunnel.replica.id}`}>
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
    cell: (row) => {
      if (row.kind === 'workspace') {
        return <SummaryMark summary={row.group.connected.tunnels} nothing="No replica has joined yet" />;
      }
      const { tunnel, explanation } = row;
      if (explanation?.kind !== 'same') return <TunnelMark tunnel={tunnel} />;
      return (
        <Stacked>
          <TunnelMark tunnel={tunnel} />
          <Small>
            <TextLink
              from="/teams/$team/vpns/$vpn/workspaces"
              to="."
              search
              hash={`replica-${explanation.as.replica.id}`}
            >
              as {explanation.as.replica.name}
            </TextLink>
          </Small>
        </Stacked>
      );
    },
  },
  {
    id: 'virtualIp',
    header: 'Virtual IP',
    card: 'start',
    skeleton: 80,
    cell: ofReplica(({ virtualIp }) => (virtualIp === null ? nothing : <Mono>{virtualIp}</Mono>)),
  },
  {
    id: 'since',
    header: 'Up since',
    card: 'end',
    skeleton: 70,
    cell: ofReplica((tunnel) => <Lasting {...tunnel} />),
  },
  {
    id: 'in',
    header: 'In',
    align: 'end',
    skeleton: 40,
    cell: ofReplica(({ state, bytesIn }) => (state === 'up' ? bytes(bytesIn) : null)),
  },
  {
    id: 'out',
    header: 'Out',
    align: 'end',
    skeleton: 40,
    cell: ofReplica(({ state, bytesOut }) => (state === 'up' ? bytes(bytesOut) : null)),
  },
];
