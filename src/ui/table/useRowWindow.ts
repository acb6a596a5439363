import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState, type RefObject } from 'react';

/** Up to so many rows are simply all there. */
const few = 120;

/** Height of a row on a wide screen, before it was measured. */
const guess = 44;

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

/** Which rows of a long table to render: those in the window and some around it, with space for the others. */
export function useRowWindow(count: number, table: RefObject<HTMLTableElement | null>) {
  const [scrollMargin, setScrollMargin] = useState(0);
  const enabled = count > few;
  useLayoutEffect(() => {
    if (!enabled || !table.current) return;
    setScrollMargin(table.current.getBoundingClientRect().top + window.scrollY);
    keepWidths(table.current);
  }, [enabled, table]);
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count,
    enabled,
    scrollMargin,
    estimateSize: () => guess,
    measureElement: heightOf,
    overscan: 12,
  });
  if (!enabled) return { indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0 };
  const items = virtualizer.getVirtualItems();
  return {
    indexes: items.map((item) => item.index),
    before: (items[0]?.start ?? scrollMargin) - scrollMargin,
    after: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin),
    measure: virtualizer.measureElement,
  };
}
