import type { ReactNode } from 'react';
import { ErrorState } from './ErrorState.tsx';
import { Panel } from './Panel.tsx';

type PageErrorProps = {
  /** What the page is about: “VPN”. */
  what: string;
  error: Error & { requestId?: string | undefined };
  /** It isn’t there: never was, was deleted, or isn’t for this viewer. */
  missing: boolean;
  onRetry: () => unknown;
  retrying: boolean;
  /** The way on, as a link that looks like a button. */
  children: ReactNode;
};

/** In place of the page about one thing that can’t be shown. */
export const PageError = ({ what, error, missing, onRetry, retrying, children }: PageErrorProps) => (
  <Panel>
    <ErrorState
      title={missing ? `This ${what} doesn’t exist, or no longer` : `The ${what} can’t be loaded`}
      error={error}
      {...(missing ? {} : { onRetry, retrying })}
      actions={children}
    />
  </Panel>
);
