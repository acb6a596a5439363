import { useEffect } from 'react';

/** The tab’s icon shows from afar that a tunnel has failed. */
export function useFavicon(failed: boolean): void {
  useEffect(() => {
    document
      .querySelector('link[rel=icon]')
      ?.setAttribute('href', failed ? '/favicon-failed.svg' : '/favicon.svg');
  }, [failed]);
}
