import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignedInBrowser } from '../../contract/session.ts';
import { api, apiPath } from '../api/client.ts';
import { browsersQuery } from '../api/session.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar } from '../ui/Panel.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { toast } from '../ui/toast.ts';
import { browserColumns } from './browserColumns.tsx';
import { useSignOut } from './signOut.ts';

/** Where one is signed in, to end what one doesn't know or doesn't need. */
export function BrowsersPanel() {
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(browsersQuery);
  const [leaving, setLeaving] = useState(false);
  const everywhere = useSignOut('everywhere');
  const end = useMutation({
    mutationFn: ({ id }: SignedInBrowser) => api.delete(apiPath`/sessions/${id}`),
    onSuccess: (_none, { browser }) => {
      toast(`${browser} is signed out.`);
      return queryClient.invalidateQueries({ queryKey: browsersQuery.queryKey });
    },
    onError: (problem, { browser }) => toast(`${browser} is still signed in. ${problem.message}`),
  });
  const columns = browserColumns((browser) => (
    <Button
      size="small"
      loading={end.isPending && end.variables.id === browser.id}
      aria-label={`Sign out ${browser.browser}`}
      onClick={() => end.mutate(browser)}
    >
      Sign out
    </Button>
  ));
  return (
    <Panel aria-label="Browsers">
      <PanelBar>
        <Small>{data && (data.items.length === 1 ? '1 browser' : `${data.items.length} browsers`)}</Small>
        <Button data-end="" onClick={() => setLeaving(true)}>
          Sign out everywhere
        </Button>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState title="The browsers can’t be loaded" error={error} onRetry={refetch} />
      ) : (
        <DataTable
          label="Browsers you are signed in with"
          columns={columns}
          rows={data?.items}
          rowKey={(browser) => browser.id}
        />
      )}
      {leaving && (
        <ConfirmDialog
          title="Sign out everywhere?"
          confirm="Sign out everywhere"
          cancel="Stay signed in"
          loading={everywhere.isPending}
          error={everywhere.error}
          onConfirm={() => everywhere.mutate()}
          onCancel={() => setLeaving(false)}
        >
          All your browsers are signed out, this one too. API tokens go on working.
        </ConfirmDialog>
      )}
    </Panel>
  );
}
