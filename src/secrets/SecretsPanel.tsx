import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { SECRETS_PER_LEVEL } from '../../contract/secrets.ts';
import type { Secret } from '../../contract/secretsApi.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar, PanelNote, PanelTitle } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { DeleteSecretDialog } from './DeleteSecretDialog.tsx';
import { secretsQuery } from './queries.ts';
import { secretColumns } from './secretColumns.tsx';

// With its form and its rules it is larger than this panel.
const SecretDialog = lazy(() => import('./SecretDialog.tsx'));

type SecretsPanelProps = {
  team: string;
  level: Secret['level'];
  /** Its heading, and its name. */
  title: string;
  /** Of the viewer: whose workspaces their own secrets reach. */
  viewerId: string;
  empty: { title: string; text: string };
  /** Whether the form is open for a new one. */
  adding: boolean;
  onAdd: (open: boolean) => void;
};

const full = `There can be ${SECRETS_PER_LEVEL}. Delete one first.`;

/** Secrets of a level by name, and what is done to them. No value is ever here. */
export function SecretsPanel(props: SecretsPanelProps) {
  const { team, level, title, viewerId, empty, adding, onAdd } = props;
  const query = useInfiniteQuery(secretsQuery(team, level));
  const { data, error } = query;
  const [editing, setEditing] = useState<Secret>();
  const [deleting, setDeleting] = useState<Secret>();
  const rowMenu = (secret: Secret) => (
    <RowMenu
      label={`Actions for ${secret.name}`}
      actions={[
        { label: 'Edit', onSelect: () => setEditing(secret) },
        { label: 'Delete', destructive: true, onSelect: () => setDeleting(secret) },
      ]}
    />
  );
  return (
    <Panel aria-label={title}>
      <PanelBar>
        <PanelTitle>{title}</PanelTitle>
        <Small role="status">{data && counted(data.total, 'secret')}</Small>
        <span data-end="">
          <ActionButton
            // One filled button for a view; on the account page there are several lists.
            {...(level === 'team' ? { variant: 'contained', color: 'primary' } : {})}
            disabledReason={(data?.total ?? 0) >= SECRETS_PER_LEVEL ? full : undefined}
            onClick={() => onAdd(true)}
          >
            Add a secret
          </ActionButton>
        </span>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState
          title="The secrets can’t be loaded"
          error={error}
          onRetry={query.refetch}
          retrying={query.isFetching}
        />
      ) : data?.total === 0 ? (
        <EmptyState small title={empty.title}>
          {empty.text}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label={title}
            columns={secretColumns[level]}
            rows={data?.items}
            rowKey={(secret) => secret.id}
            rowMenu={rowMenu}
            more={query}
          />
          <PanelNote>
            Replicas get changes at their next start. A value can be replaced, never read again.
          </PanelNote>
        </>
      )}
      {(adding || editing) && (
        <Suspense>
          <SecretDialog
            team={team}
            level={level}
            viewerId={viewerId}
            secret={editing}
            onClose={() => {
              setEditing(undefined);
              if (adding) onAdd(false);
            }}
          />
        </Suspense>
      )}
      {deleting && (
        <DeleteSecretDialog team={team} secret={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </Panel>
  );
}
