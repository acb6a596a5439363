import { EmptyState } from '../ui/EmptyState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Framed } from './Framed.tsx';

/** For addresses that lead nowhere, or to what isn't the viewer's: the two look the same. */
export const NotFoundPage = () => (
  <Framed>
    <Page title="Not found">
      <Panel>
        <EmptyState
          title="There is nothing at this address"
          actions={
            <ButtonLink to="/" variant="contained" color="primary">
              Go to your team
            </ButtonLink>
          }
        >
          It may have been deleted or renamed, or it belongs to a team that you aren’t a member of.
        </EmptyState>
      </Panel>
    </Page>
  </Framed>
);
