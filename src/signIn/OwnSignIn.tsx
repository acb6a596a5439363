import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnIdentity } from '../../contract/signInProviders.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBody, PanelNote, Row, Stack } from '../ui/Panel.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Paragraph } from '../ui/text.tsx';
import { identityColumns } from './identityColumns.tsx';
import { ownSignInQuery } from './queries.ts';
import { UnlinkDialog } from './UnlinkDialog.tsx';
import { useStartSignIn } from './useStartSignIn.ts';

/** The providers by which the viewer gets into their account, and those that could be added. */
export function OwnSignIn() {
  const { data, error, refetch, isFetching } = useQuery(ownSignInQuery);
  const start = useStartSignIn();
  const [unlinking, setUnlinking] = useState<OwnIdentity>();
  if (error !== null && data === undefined) {
    return (
      <Panel>
        <ErrorState
          title="Your ways in can’t be loaded"
          error={error}
          onRetry={refetch}
          retrying={isFetching}
        />
      </Panel>
    );
  }
  const offered = data?.offered ?? [];
  const none = data?.identities.length === 0;
  const columns = identityColumns((identity) => (
    <Button
      size="small"
      aria-label={`Unlink ${identity.provider ?? identity.issuer}`}
      onClick={() => setUnlinking(identity)}
    >
      Unlink
    </Button>
  ));
  return (
    <Stack>
      <Panel aria-label="Linked providers">
        {none ? (
          <PanelBody>
            <Paragraph>
              {offered.length === 0
                ? 'No team of yours has a provider to sign in with. Admins set one up in Settings, Sign-in.'
                : 'You sign in by password. Link a provider, and you can sign in with it as well.'}
            </Paragraph>
          </PanelBody>
        ) : (
          <DataTable
            label="Linked providers"
            columns={columns}
            rows={data?.identities}
            rowKey={({ id }) => id}
          />
        )}
        {offered.length > 0 && (
          <PanelNote>
            Whoever runs a provider that you link can sign in as you. Your teams stay as they are.
          </PanelNote>
        )}
      </Panel>
      {start.error && <Notice state="failed">{start.error.message}</Notice>}
      {offered.length > 0 && (
        <Row>
          {offered.map(({ id, name }) => (
            <Button
              key={id}
              loading={start.isPending && start.variables.provider === id}
              onClick={() => start.mutate({ provider: id, link: true })}
            >
              Link {name}
            </Button>
          ))}
        </Row>
      )}
      {unlinking && <UnlinkDialog identity={unlinking} onClose={() => setUnlinking(undefined)} />}
    </Stack>
  );
}
