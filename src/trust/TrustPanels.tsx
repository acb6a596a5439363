import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { pipelineRunsQuery, trustedRepositoriesQuery } from '../api/pipelines.ts';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Panel, PanelBar, PanelTitle, Stack } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { ConfirmRuleDialog } from './ConfirmRuleDialog.tsx';
import { DeleteRuleDialog } from './DeleteRuleDialog.tsx';
import { IssuersPanel } from './IssuersPanel.tsx';
import { openRefusals } from './refusals.ts';
import { RefusedRunsPanel } from './RefusedRunsPanel.tsx';
import { ruleColumns } from './ruleColumns.tsx';
import { RuleNotices } from './RuleNotices.tsx';
import { trustedName } from './ruleWords.ts';

// With its form and its rules it is larger than this page.
const AddIssuerDialog = lazy(() => import('./AddIssuerDialog.tsx'));

const route = getRouteApi('/teams/$team/settings/trusted-repositories');

/** The rules, what they refused, and whose tokens are accepted, for an admin. */
export function TrustPanels({ team }: { team: string }) {
  const { dialog, rule: asked } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/settings/trusted-repositories' });
  const ask = (next: { dialog: string; rule?: string }) =>
    void navigate({ search: next, replace: next.dialog === '', resetScroll: false });
  const query = useInfiniteQuery(trustedRepositoriesQuery(team));
  const runs = useInfiniteQuery(pipelineRunsQuery(team));
  const { data, error } = query;
  const rules = data?.items ?? [];
  const [deleting, setDeleting] = useState<TrustedRepository>();
  const confirm = (rule: TrustedRepository) => ask({ dialog: 'confirm', rule: rule.id });
  const confirming = dialog === 'confirm' ? rules.find(({ id }) => id === asked) : undefined;

  const rowMenu = (rule: TrustedRepository) => {
    const edit = () =>
      void navigate({ to: '/teams/$team/settings/trusted-repositories/$rule', params: { rule: rule.id } });
    return (
      <RowMenu
        label={`Actions for ${trustedName(rule)}`}
        actions={[
          ...(rule.state === 'to-confirm' ? [{ label: 'Confirm', onSelect: () => confirm(rule) }] : []),
          { label: 'Edit', onSelect: edit },
          { label: 'Stop trusting', destructive: true, onSelect: () => setDeleting(rule) },
        ]}
      />
    );
  };

  const trust = (
    <ButtonLink
      variant="contained"
      color="primary"
      to="/teams/$team/settings/trusted-repositories/new"
      params={{ team }}
    >
      Trust a repository
    </ButtonLink>
  );
  return (
    <Stack>
      <RuleNotices team={team} rules={rules} onConfirm={confirm} />
      <Panel aria-label="Trusted repositories">
        {data?.total === 0 ? (
          <EmptyState
            title="No repository is trusted"
            actions={trust}
            footnote="Its name, or its ids; the VPNs that its previews may use."
          >
            A pipeline of a trusted repository proves who it is with its service’s own token: no secret is
            stored anywhere. Until you trust one, pipelines need an API token.
          </EmptyState>
        ) : (
          <>
            <PanelBar>
              <PanelTitle>Trusted repositories</PanelTitle>
              <Small role="status">{data && counted(data.total, 'rule')}</Small>
              <span data-end="">{trust}</span>
            </PanelBar>
            {error !== null && data === undefined ? (
              <ErrorState
                title="The trusted repositories can’t be loaded"
                error={error}
                onRetry={query.refetch}
                retrying={query.isFetching}
              />
            ) : (
              <DataTable
                label="Trusted repositories"
                columns={ruleColumns}
                rows={data?.items}
                rowKey={(rule) => rule.id}
                rowMenu={rowMenu}
                linked
                more={query}
              />
            )}
          </>
        )}
      </Panel>
      <RefusedRunsPanel team={team} refused={data ? openRefusals(runs.data?.items ?? [], rules) : []} />
      <IssuersPanel team={team} onAdd={() => ask({ dialog: 'add-issuer' })} />
      {dialog === 'add-issuer' && (
        <Suspense>
          <AddIssuerDialog team={team} onClose={() => ask({ dialog: '' })} />
        </Suspense>
      )}
      {confirming?.seen && (
        <ConfirmRuleDialog
          team={team}
          rule={confirming}
          seen={confirming.seen}
          onClose={() => ask({ dialog: '' })}
        />
      )}
      {deleting && <DeleteRuleDialog team={team} rule={deleting} onClose={() => setDeleting(undefined)} />}
    </Stack>
  );
}
