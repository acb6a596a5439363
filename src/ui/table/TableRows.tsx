import { Fragment, type MouseEvent, type ReactNode } from 'react';
import type { Column } from './column.ts';
import { SelectBox } from './SelectBox.tsx';
import { toggled, type Selection } from './selection.ts';
import { BelowCell, BelowRow, BodyRow, Cell, Spacer } from './styles.ts';

/** Rows as a table needs to know them. */
export type RowSettings<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** A `RowMenu`, or nothing for a row without one. */
  rowMenu?: ((row: Row) => ReactNode) | undefined;
  /** What stands under a row across all columns, such as its diagnosis. */
  below?: ((row: Row) => ReactNode) | undefined;
  selection?: Selection<Row> | undefined;
  /** Rows that hold a link in their title cell are clickable as a whole. */
  linked: boolean;
};

/** Which of the rows are rendered, and the space of those that aren't, in pixels. */
export type RowView = {
  indexes: readonly number[];
  before: number;
  after: number;
  measure?: (row: HTMLElement | null) => void;
};

// A cell that is laid out as a block on phones keeps its place in the table for screen readers only by its role.
const row = { role: 'row' };
const cell = { role: 'cell' };

/** A click anywhere on the row follows the link in it, unless it hit something else or ends a selection of text. */
function followLink(event: MouseEvent<HTMLTableRowElement>) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('a, button, input, select, label, [role=menu], [role=dialog]')) return;
  if (!event.currentTarget.contains(target) || getSelection()?.toString()) return;
  event.currentTarget.querySelector('a')?.click();
}

/** The rows in view, each with what stands under it. */
export function TableRows<Row>({ view, ...settings }: RowSettings<Row> & { view: RowView }) {
  const { columns, rows, rowKey, rowMenu, below, selection, linked } = settings;
  const span = columns.length + (rowMenu ? 1 : 0) + (selection ? 1 : 0);
  return (
    <>
      {view.before > 0 && <Space height={view.before} span={span} />}
      {view.indexes.map((index) => {
        const item = rows[index];
        if (item === undefined) return null;
        const key = rowKey(item);
        const selectLabel = selection?.labelOf(item);
        const selected = selection?.keys.has(key) === true;
        const under = below?.(item);
        const open = under !== undefined && under !== null && under !== false;
        return (
          <Fragment key={key}>
            <BodyRow
              {...row}
              ref={view.measure}
              data-index={index}
              data-open={open ? '' : undefined}
              data-linked={linked ? '' : undefined}
              data-selected={selected ? '' : undefined}
              aria-rowindex={view.measure ? index + 2 : undefined}
              onClick={linked ? followLink : undefined}
            >
              {selection && (
                <Cell {...cell} data-select="" data-card="select">
                  {selectLabel !== undefined && (
                    <SelectBox
                      label={selectLabel}
                      checked={selected}
                      onChange={() => selection.onSelect(toggled(selection.keys, key))}
                    />
                  )}
                </Cell>
              )}
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  {...cell}
                  data-align={column.align}
                  data-card={column.card}
                  data-shrinks={column.cardShrinks ? '' : undefined}
                  data-wide-only={column.wideOnly ? '' : undefined}
                >
                  {column.cell(item)}
                </Cell>
              ))}
              {rowMenu && (
                <Cell {...cell} data-menu="" data-card="menu">
                  {rowMenu(item)}
                </Cell>
              )}
            </BodyRow>
            {open && (
              <BelowRow {...row} data-below="">
                <BelowCell {...cell} colSpan={span}>
                  {under}
                </BelowCell>
              </BelowRow>
            )}
          </Fragment>
        );
      })}
      {view.after > 0 && <Space height={view.after} span={span} />}
    </>
  );
}

const Space = ({ height, span }: { height: number; span: number }) => (
  <Spacer aria-hidden="true" style={{ height }}>
    <td colSpan={span} />
  </Spacer>
);
