import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { renderGateway } from '../../contract/gatewayConfig/render.ts';
import type { SharedGatewayConfig } from '../../contract/gatewayLinks.ts';
import { ApiProblem } from '../api/problem.ts';
import { tokenOf } from '../session/linkToken.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FilterSelect } from '../ui/form/Select.tsx';
import { Panel, PanelBar, Row } from '../ui/Panel.tsx';
import { PendingPage } from '../ui/PendingPage.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { DocumentActions } from './DocumentActions.tsx';
import { DocumentView } from './DocumentView.tsx';
import { kindOf, kindOptions } from './kinds.ts';
import { PrintStyles } from './PrintStyles.tsx';
import { Proof } from './Proof.tsx';
import { sharedConfigQuery } from './queries.ts';
import { SharedFrame } from './SharedFrame.tsx';
import { Unfit } from './Unfit.tsx';

/** What a link shows to the network admin of the other side, who has no account. */
export function SharedConfigPage() {
  const { hash } = useLocation();
  const token = tokenOf(hash);
  const query = useQuery(sharedConfigQuery(token));
  if (query.isPending) {
    return (
      <SharedFrame title="Gateway configuration">
        <PendingPage />
      </SharedFrame>
    );
  }
  if (query.isSuccess) return <SharedConfig key={token} shared={query.data} />;
  const over = query.error instanceof ApiProblem && query.error.status >= 400 && query.error.status < 500;
  return over ? (
    <SharedFrame
      title="This link doesn’t open any more"
      intro={
        <>
          It has expired, was revoked, or its address isn’t complete. Ask who sent it to you for a new one:
          they make it in Culvert, on the VPN’s page, under Gateway configuration.
        </>
      }
    />
  ) : (
    <SharedFrame title="Gateway configuration">
      <Panel>
        <ErrorState
          title="The configuration can’t be loaded"
          error={query.error}
          onRetry={query.refetch}
          retrying={query.isFetching}
        />
      </Panel>
    </SharedFrame>
  );
}

function SharedConfig({ shared }: { shared: SharedGatewayConfig }) {
  const { team, settings, pool, updatedAt, expiresAt } = shared;
  const [kind, setKind] = useState(shared.kind);
  const document = renderGateway(kind, settings, pool === null ? {} : { pool });
  return (
    <SharedFrame
      title={`Gateway configuration for ${settings.name}`}
      intro={
        <>
          What the gateway of {team} has to be set to, so that both sides match. The VPN was last changed{' '}
          <RelativeTime at={updatedAt} />; this page shows it as it is now, and ends{' '}
          <RelativeTime at={expiresAt} />. The pre-shared key isn’t here: whoever sent you this link gives it
          to you another way.
        </>
      }
    >
      <PrintStyles />
      <Panel aria-label="What it is for" data-screen="">
        <PanelBar style={{ borderBottom: 0 }}>
          <FilterSelect
            label="Gateway"
            options={kindOptions}
            value={kind}
            onChange={(event) => setKind(kindOf(event.target.value) ?? kind)}
          />
          <Proof proof={document.proof} />
          {document.unfit === null && (
            <Row data-end="">
              <DocumentActions document={document} vpn={settings.name} />
            </Row>
          )}
        </PanelBar>
      </Panel>
      {document.unfit === null ? (
        <DocumentView document={document} shown={document} vpn={settings.name} />
      ) : (
        <Unfit document={document} onKind={setKind} />
      )}
    </SharedFrame>
  );
}
