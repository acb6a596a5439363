import { Fragment, useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { Column } from './column.ts';
import { SkeletonRows } from './SkeletonRows.tsx';
import { BelowCell, BelowRow, BodyRow, Cell, Spacer, Table } from './styles.ts';
import { TableHead } from './TableHead.tsx';
import { useRowWindow } from './useRowWindow.ts';

/** What `useInfiniteQuery` returns, as far as a table needs it. */
export type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

type DataTableProps<Row> = {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they load. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** A `RowMenu`, or nothing for a row without one. */
  rowMenu?: (row: Row) => ReactNode;
  /** What stands under a row across all columns, such as its diagnosis. */
  below?: (row: Row) => ReactNode;
  /** Rows that hold a link in their title cell are clickable as a whole. */
  linked?: boolean;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  more?: More;
};

// A cell that is laid out as a block on phones keeps its place in the table for screen readers only by its role.
const roles = {
  table: { role: 'table' },
  body: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
};

/** A click anywhere on the row follows the link in it, unless it hit something else or ends a selection of text. */
function followLink(event: MouseEvent<HTMLTableRowElement>) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('a, button, input, select, label, [role=menu], [role=dialog]')) return;
  if (!event.currentTarget.contains(target) || getSelection()?.toString()) return;
  event.currentTarget.querySelector('a')?.click();
}

/** Arrow keys move from row to row, along the first link or button of each. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  const target = event.target instanceof Element ? event.target : null;
  if (step === undefined || !target?.matches('a, button') || !event.currentTarget.contains(target)) return;
  const stops = [...event.currentTarget.rows].flatMap(
    (row) => row.querySelector<HTMLElement>('a, button') ?? [],
  );
  const row = target.closest('tr');
  const next = stops[stops.findIndex((stop) => stop.closest('tr') === row) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** A list as a table, as cards on phones, with skeletons while it loads; of any length. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowMenu, below, linked = false, sort, onSort, more } = props;
  const table = useRef<HTMLTableElement>(null);
  const view = useRowWindow(rows?.length ?? 0, table);
  const lastShown = view.indexes.at(-1) ?? 0;
  useEffect(() => {
    if (rows && more?.hasNextPage && !more.isFetchingNextPage && lastShown > rows.length - 40)
      more.fetchNextPage();
  }, [rows, more, lastShown]);
  const span = columns.length + (rowMenu ? 1 : 0);
  return (
    <Table
      ref={table}
      {...roles.table}
      aria-label={label}
      aria-busy={rows === undefined}
      aria-rowcount={rows === undefined || more?.hasNextPage ? -1 : rows.length + 1}
    >
      <TableHead columns={columns} menu={rowMenu !== undefined} sort={sort} onSort={onSort} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys come from links inside */}
      <tbody {...roles.body} onKeyDown={moveBetweenRows}>
        {rows === undefined && <SkeletonRows columns={columns} menu={rowMenu !== undefined} />}
        {view.before > 0 && <Space height={view.before} span={span} />}
        {view.indexes.map((index) => {
          const row = rows?.[index];
          if (row === undefined) return null;
          const under = below?.(row);
          const open = under !== undefined && under !== null && under !== false;
          return (
            <Fragment key={rowKey(row)}>
              <BodyRow
                {...roles.row}
                ref={view.measure}
                data-index={index}
                data-open={open ? '' : undefined}
                data-linked={linked ? '' : undefined}
                aria-rowindex={view.measure ? index + 2 : undefined}
                onClick={linked ? followLink : undefined}
              >
                {columns.map((column) => (
                  <Cell key={column.id} {...roles.cell} data-align={column.align} data-card={column.card}>
                    {column.cell(row)}
                  </Cell>
                ))}
                {rowMenu && (
                  <Cell {...roles.cell} data-menu="" data-card="menu">
                    {rowMenu(row)}
                  </Cell>
                )}
              </BodyRow>
              {open && (
                <BelowRow {...roles.row} data-below="">
                  <BelowCell {...roles.cell} colSpan={span}>
                    {under}
                  </BelowCell>
                </BelowRow>
              )}
            </Fragment>
          );
        })}
        {view.after > 0 && <Space height={view.after} span={span} />}
      </tbody>
    </Table>
  );
}

const Space = ({ height, span }: { height: number; span: number }) => (
  <Spacer aria-hidden="true" style={{ height }}>
    <td colSpan={span} />
  </Spacer>
);
