import Button from '@mui/material/Button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { providerNames } from '../../contract/pipelines/identity.ts';
import type { Issuer } from '../../contract/pipelines/pipelines.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Mono, Small } from '../ui/text.tsx';
import { counted } from '../ui/counted.ts';
import { issuerName } from './issuers.ts';
import { issuersQuery } from '../api/pipelines.ts';
import { RemoveIssuerDialog } from './RemoveIssuerDialog.tsx';

const columns: Column<Issuer>[] = [
  {
    id: 'service',
    header: 'Service',
    card: 'title',
    skeleton: 110,
    cell: ({ provider }) => providerNames[provider],
  },
  {
    id: 'url',
    header: 'Address',
    card: 'foot',
    skeleton: 220,
    cell: ({ url }) => <Mono style={{ overflowWrap: 'anywhere' }}>{url}</Mono>,
  },
  {
    id: 'rules',
    header: 'Rules',
    align: 'end',
    card: 'state',
    skeleton: 40,
    cell: ({ rules }) => <Small>{rules === 0 ? 'none yet' : counted(rules, 'rule')}</Small>,
  },
];

/** Whose identity tokens are accepted at all. */
export function IssuersPanel({ team, onAdd }: { team: string; onAdd: () => void }) {
  const query = useInfiniteQuery(issuersQuery(team));
  const { data, error } = query;
  const [removing, setRemoving] = useState<Issuer>();
  const rowMenu = (issuer: Issuer) => (
    <RowMenu
      label={`Actions for ${issuerName(issuer)}`}
      actions={[{ label: 'Remove', destructive: true, onSelect: () => setRemoving(issuer) }]}
    />
  );
  return (
    <Panel aria-label="Issuers">
      <PanelBar>
        <PanelTitle>Issuers</PanelTitle>
        <Button size="small" data-end="" onClick={onAdd}>
          Add issuer
        </Button>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState title="The issuers can’t be loaded" error={error} onRetry={query.refetch} />
      ) : data?.total === 0 ? (
        <EmptyState small title="No issuer’s tokens are accepted">
          The first repository that you trust adds the issuer of its service.
        </EmptyState>
      ) : (
        <DataTable
          label="Issuers"
          columns={columns}
          rows={data?.items}
          rowKey={(issuer) => issuer.id}
          rowMenu={rowMenu}
          more={query}
        />
      )}
      {removing && (
        <RemoveIssuerDialog team={team} issuer={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Panel>
  );
}
