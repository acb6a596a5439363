import { lazy, Suspense, useRef, type KeyboardEvent } from 'react';
import type { More } from './more.ts';
import { MoreFailed } from './MoreFailed.tsx';
import { SelectAll } from './SelectAll.tsx';
import { SkeletonRows } from './SkeletonRows.tsx';
import { Table } from './styles.ts';
import { TableHead } from './TableHead.tsx';
import { TableRows, type RowSettings, type RowView } from './TableRows.tsx';

// Most lists are short and do without.
const LongRows = lazy(() => import('./LongRows.tsx'));

/** Up to so many rows are simply all there. It is less than a page of the API holds. */
const few = 120;

/** The first rows of a long table, while what renders the window is on its way. */
const start = 40;

type DataTableProps<Row> = Omit<RowSettings<Row>, 'rows' | 'linked'> & {
  /** What the table lists, for screen readers. */
  label: string;
  /** Undefined while they load. */
  rows: readonly Row[] | undefined;
  linked?: boolean;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  more?: More;
};

// A table that is laid out as blocks on phones stays one for screen readers only by its roles.
const roles = { table: { role: 'table' }, body: { role: 'rowgroup' } };

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

const firstRows = (count: number): RowView => ({
  indexes: Array.from({ length: count }, (_, index) => index),
  before: 0,
  after: 0,
});

/** A list as a table, as cards on phones, with skeletons while it loads; of any length. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, sort, onSort, more, linked = false, ...settings } = props;
  const table = useRef<HTMLTableElement>(null);
  const { selection, rowKey } = settings;
  const menu = settings.rowMenu !== undefined;
  const count = rows?.length ?? 0;
  const render = (view: RowView) => (
    <TableRows {...settings} columns={columns} rows={rows ?? []} linked={linked} view={view} />
  );
  return (
    <>
      <Table
        ref={table}
        {...roles.table}
        aria-label={label}
        aria-busy={rows === undefined}
        aria-rowcount={rows === undefined || more?.hasNextPage ? -1 : count + 1}
      >
        <TableHead
          columns={columns}
          menu={menu}
          select={selection && <SelectAll selection={selection} rows={rows ?? []} rowKey={rowKey} />}
          sort={sort}
          onSort={onSort}
        />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys come from links inside */}
        <tbody {...roles.body} onKeyDown={moveBetweenRows}>
          {rows === undefined && (
            <SkeletonRows columns={columns} menu={menu} select={selection !== undefined} />
          )}
          {count <= few ? (
            render(firstRows(count))
          ) : (
            <Suspense fallback={render(firstRows(start))}>
              <LongRows count={count} table={table} more={more}>
                {render}
              </LongRows>
            </Suspense>
          )}
        </tbody>
      </Table>
      {more?.isFetchNextPageError && <MoreFailed more={more} />}
    </>
  );
}
