import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { isMissing } from '../api/problem.ts';
import { ButtonLink } from '../ui/links.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Framed } from './Framed.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';

/** When a page can't be shown: the rest of the dashboard stays, and the page can be tried again. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  if (isMissing(error)) return <NotFoundPage />;
  const retry = async () => {
    queries.reset();
    await router.invalidate();
    reset();
  };
  return (
    <Framed>
      <Page title="This page can’t be shown">
        <Panel>
          <ErrorState
            title="This page can’t be shown"
            error={error instanceof Error ? error : new Error(String(error))}
            onRetry={retry}
            actions={
              <ButtonLink to="/" reloadDocument variant="text">
                Start over
              </ButtonLink>
            }
          />
        </Panel>
      </Page>
    </Framed>
  );
}
