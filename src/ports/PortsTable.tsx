import { portCan } from '../../contract/portAccess.ts';
import type { Port } from '../../contract/ports.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import type { PortsPanel } from './panel.ts';
import { portColumns } from './portColumns.tsx';
import { portKey } from './portList.ts';
import { PortMenu } from './PortMenu.tsx';
import { RowTroubleNotice } from './RowTrouble.tsx';

type PortsTableProps = {
  panel: PortsPanel;
  /** Undefined while they load. */
  ports: readonly Port[] | undefined;
  selected: ReadonlySet<string>;
  onSelect: (keys: ReadonlySet<string>) => void;
};

/** One row per port; what went wrong in a row stands under it. */
export function PortsTable({ panel, ports, selected, onSelect }: PortsTableProps) {
  const { actor, owned, rows } = panel;
  const rowMenu = (port: Port) => <PortMenu port={port} panel={panel} />;
  const below = (port: Port) => {
    const trouble = rows.troubleOf(port.port);
    return trouble && <RowTroubleNotice port={port} trouble={trouble} rows={rows} />;
  };
  const selection = {
    keys: selected,
    onSelect,
    labelOf: ({ port, forwarded }: Port) => (forwarded ? `Select port ${port}` : undefined),
    allLabel: 'Select all forwarded ports',
  };
  return (
    <DataTable
      label="Ports"
      columns={portColumns(panel)}
      rows={ports}
      rowKey={portKey}
      rowMenu={rowMenu}
      below={below}
      selection={portCan.stop(actor, owned).allowed ? selection : undefined}
    />
  );
}
