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

/** Which rows of a long table to render: those in the window and some around it, with space for the others. */
export function useRowWindow(count: number, table: RefObject<HTMLTableElement | null>) {
  const [scrollMargin, setScrollMargin] = useState(0);
  const enabled = count > few;
  useLayoutEffect(() => {
    if (enabled && table.current) setScrollMargin(table.current.getBoundingClientRect().top + window.scrollY);
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
