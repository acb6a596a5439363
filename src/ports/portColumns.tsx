import { styled } from '@mui/material/styles';
import { useEffect, useRef } from 'react';
import type { Port } from '../../contract/ports.ts';
import { color, media } from '../theme/tokens.ts';
import { PortName, PortStatusMark } from '../ui/PortMarks.tsx';
import type { Column } from '../ui/table/column.ts';
import { Mono, Secondary, Small, Tag } from '../ui/text.tsx';
import { AddressCell } from './AddressCell.tsx';
import type { PortsPanel } from './panel.ts';
import { VisibilityCell } from './VisibilityCell.tsx';

const Marked = styled('span')({
  scrollMargin: 120,
  // A long label ends after three lines; its whole is the title.
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 3,
  overflow: 'hidden',
  minWidth: 84,
  [media.tightest]: { minWidth: 48 },
  '&[data-marked]': { outline: `2px solid ${color.primary}`, outlineOffset: 4, borderRadius: 2 },
});

/** The port’s name. The one that the address points at is brought into view and gets the focus. */
function NameCell({ port, marked }: { port: Port; marked: boolean }) {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!marked) return;
    here.current?.scrollIntoView({ block: 'nearest' });
    here.current?.focus({ preventScroll: true });
  }, [marked]);
  return (
    <Marked
      ref={here}
      title={port.label ?? undefined}
      tabIndex={marked ? -1 : undefined}
      data-marked={marked ? '' : undefined}
    >
      <PortName {...port} />
      {port.ignored !== null && <Small> {port.ignored}, ignored</Small>}
    </Marked>
  );
}

/** The program, and in which replicas where it isn’t in all that are connected. */
function ProcessCell({ port: { process, replicas }, online }: { port: Port; online: number }) {
  if (process === null && replicas.length === 0) return <Secondary>–</Secondary>;
  const [first] = replicas;
  return (
    <>
      <Mono>{process ?? 'unknown'}</Mono>
      {first !== undefined && replicas.length < online && (
        <Small> in {replicas.length === 1 ? first.name : `${replicas.length} of ${online} replicas`}</Small>
      )}
    </>
  );
}

const origins: Record<Port['origin'], string> = {
  auto: 'Auto',
  manual: 'Manual',
  devcontainer: 'devcontainer',
};

/** Whoever sees only what is shared with them isn’t told what runs behind it. */
export const portColumns = (panel: PortsPanel): Column<Port>[] => [
  {
    id: 'port',
    header: 'Port',
    card: 'title',
    skeleton: 90,
    cell: (port) => <NameCell port={port} marked={panel.marked === port.port} />,
  },
  { id: 'status', header: 'Status', card: 'state', skeleton: 80, cell: PortStatusMark },
  {
    id: 'address',
    header: 'Forwarded address',
    card: 'start',
    cardShrinks: true,
    skeleton: 200,
    cell: (port) => <AddressCell port={port} panel={panel} />,
  },
  {
    id: 'visibility',
    header: 'Visibility',
    card: 'end',
    skeleton: 90,
    cell: (port) => <VisibilityCell port={port} panel={panel} />,
  },
  ...(panel.complete
    ? [
        {
          id: 'process',
          header: 'Process',
          wideOnly: true,
          skeleton: 50,
          cell: (port: Port) => <ProcessCell port={port} online={panel.workspace.replicas.online} />,
        },
      ]
    : []),
  {
    id: 'origin',
    header: 'Origin',
    wideOnly: true,
    skeleton: 50,
    cell: ({ origin }) => <Tag>{origins[origin]}</Tag>,
  },
];
