import { useEffect, useSyncExternalStore, type RefObject } from 'react';

let announced = '';
let pages = 0;
const listeners = new Set<() => void>();

/**
 * Names the tab after the page. Coming from another page, the name is read out too, and the focus goes to its heading
 * where the navigation took away what had it: browsers do both for documents, but not for pages made by script.
 */
export function usePageTitle(title: string, heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    document.title = `${title} · Culvert`;
    pages += 1;
    if (pages === 1) return;
    announced = title;
    for (const listener of listeners) listener();
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [title, heading]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The page that was come to last, for the live region that reads it out. */
export const useAnnouncedPage = () => useSyncExternalStore(subscribe, () => announced);
