import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Tunnel } from '../../contract/tunnels.ts';
import { bytes } from '../ui/bytes.ts';
import { TextLink } from '../ui/links.tsx';
import type { Column } from '../ui/table/column.ts';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { Elapsed } from '../ui/Time.tsx';
import { TunnelMark } from '../ui/TunnelMark.tsx';
import type { Explanation } from './explainOnce.ts';

const Wrapping = styled('span')({
  display: 'inline-flex',
  flexWrap: 'wrap',
  columnGap: 8,
  alignItems: 'baseline',
});

const nothing = <Secondary>–</Secondary>;

/** The id of the element that stands for a tunnel on a page: what links with a fragment lead to. */
export const anchorOf = ({ id }: Pick<Tunnel, 'id'>) => `tunnel-${id}`;

type TunnelCellProps = {
  tunnel: Tunnel;
  explanation: Explanation | undefined;
  /** What the explained one is called on this page. */
  nameOf: (tunnel: Tunnel) => string;
};

/** A tunnel’s state; where another row explains the same cause, a link to that one. */
export function TunnelCell({ tunnel, explanation, nameOf }: TunnelCellProps) {
  if (explanation?.kind !== 'same') return <TunnelMark tunnel={tunnel} />;
  return (
    <Wrapping>
      <TunnelMark tunnel={tunnel} />
      <Small>
        <TextLink to="." search hash={anchorOf(explanation.as)}>
          as {nameOf(explanation.as)}
        </TextLink>
      </Small>
    </Wrapping>
  );
}

function Lasting({ state, since }: Tunnel) {
  const elapsed = <Elapsed at={since} />;
  if (state === 'up') return <Secondary>{elapsed}</Secondary>;
  if (state === 'failed') return <Secondary>down for {elapsed}</Secondary>;
  if (state === 'offline') return <Secondary>offline for {elapsed}</Secondary>;
  return nothing;
}

/** Virtual IP, up since, bytes: the columns of a tunnel, empty for rows that stand for something else. */
export function tunnelColumns<Row>(tunnelOf: (row: Row) => Tunnel | undefined): Column<Row>[] {
  const cell = (read: (tunnel: Tunnel) => ReactNode) => (row: Row) => {
    const tunnel = tunnelOf(row);
    return tunnel === undefined ? null : read(tunnel);
  };
  return [
    {
      id: 'virtualIp',
      header: 'Virtual IP',
      card: 'start',
      skeleton: 80,
      cell: cell(({ virtualIp }) => (virtualIp === null ? nothing : <Mono>{virtualIp}</Mono>)),
    },
    {
      id: 'since',
      header: 'Up since',
      card: 'end',
      skeleton: 70,
      cell: cell((tunnel) => <Lasting {...tunnel} />),
    },
    {
      id: 'in',
      header: 'In',
      align: 'end',
      skeleton: 40,
      cell: cell(({ state, bytesIn }) => (state === 'up' ? bytes(bytesIn) : null)),
    },
    {
      id: 'out',
      header: 'Out',
      align: 'end',
      skeleton: 40,
      cell: cell(({ state, bytesOut }) => (state === 'up' ? bytes(bytesOut) : null)),
    },
  ];
}
