import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import type { GatewayLink } from '../../contract/gatewayLinks.ts';
import { counted } from '../ui/counted.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelBar, PanelTitle } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { gatewayLinkColumns } from './gatewayLinkColumns.tsx';
import { gatewayLinksQuery } from './queries.ts';
import { RevokeLinkDialog } from './RevokeLinkDialog.tsx';

/** The links by which people without an account see this VPN's configuration. */
export function GatewayLinksPanel({ team, vpn }: { team: string; vpn: string }) {
  const query = useInfiniteQuery(gatewayLinksQuery(team, vpn));
  const { data, error } = query;
  const [revoking, setRevoking] = useState<GatewayLink>();
  const rowMenu = (link: GatewayLink) => (
    <RowMenu
      label={`Actions for the link for ${gatewayKindNames[link.kind]}`}
      actions={[{ label: 'Revoke', destructive: true, onSelect: () => setRevoking(link) }]}
    />
  );
  return (
    <Panel aria-label="Shared links" data-screen="">
      <PanelBar>
        <PanelTitle>Shared links</PanelTitle>
        <Small data-end="">{data && data.total > 0 && counted(data.total, 'link')}</Small>
      </PanelBar>
      {error !== null && data === undefined ? (
        <ErrorState title="The links can’t be loaded" error={error} onRetry={query.refetch} />
      ) : data?.total === 0 ? (
        <EmptyState small title="Nobody else sees this configuration">
          Share it with the network admin: a link shows it without an account, never with the pre-shared key.
        </EmptyState>
      ) : (
        <DataTable
          label="Shared links"
          columns={gatewayLinkColumns}
          rows={data?.items}
          rowKey={(link) => link.id}
          rowMenu={rowMenu}
          more={query}
        />
      )}
      {revoking && (
        <RevokeLinkDialog team={team} vpn={vpn} link={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </Panel>
  );
}
