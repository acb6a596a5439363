import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useState, type ReactNode, type RefObject } from 'react';
import type { More } from './more.ts';
import type { RowView } from './TableRows.tsx';

/** Height of a row on a wide screen, before it was measured. */
const guess = 44;

/** How many rows before the end the next page is fetched. */
const ahead = 40;

const heightOf = (row: HTMLElement) => {
  const next = row.nextElementSibling;
  return row.offsetHeight + (next instanceof HTMLElement && 'below' in next.dataset ? next.offsetHeight : 0);
};

/** Columns keep the share of the width that the first rows gave them: rows that scroll into view must not move them. */
function keepWidths(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLElement>('thead th')];
  const shares = heads.map((head) => (head.offsetWidth / table.offsetWidth) * 100);
  if (shares.some((share) => share === 0)) return;
  for (const [index, head] of heads.entries()) head.style.width = `${shares[index]}%`;
  table.style.tableLayout = 'fixed';
}

type LongRowsProps = {
  count: number;
  table: RefObject<HTMLTableElement | null>;
  more: More | undefined;
  children: (view: RowView) => ReactNode;
};

/** Of many rows, renders those in the window and some around it, and fetches more before the reader gets to the end. */
export default function LongRows({ count, table, more, children }: LongRowsProps) {
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    if (!table.current) return;
    setScrollMargin(table.current.getBoundingClientRect().top + window.scrollY);
  }, [table]);
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count,
    scrollMargin,
    estimateSize: () => guess,
    measureElement: heightOf,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const rendered = items.length > 0;
  useLayoutEffect(() => {
    if (rendered && table.current) keepWidths(table.current);
  }, [rendered, table]);
  useEffect(() => {
    // A page that is fetched amid a refetch would cut that off.
    if (!more?.hasNextPage || more.isFetching || more.isFetchNextPageError) return;
    if (last > count - ahead) void more.fetchNextPage();
  }, [more, last, count]);
  return children({
    indexes: items.map((item) => item.index),
    before: (items[0]?.start ?? scrollMargin) - scrollMargin,
    after: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin),
    measure: virtualizer.measureElement,
  });
}
