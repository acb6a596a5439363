import type { GatewayLink } from '../../contract/gatewayLinks.ts';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import type { Column } from '../ui/table/column.ts';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

export const gatewayLinkColumns: Column<GatewayLink>[] = [
  {
    id: 'kind',
    header: 'For',
    card: 'title',
    skeleton: 150,
    cell: ({ kind }) => gatewayKindNames[kind],
  },
  {
    id: 'pool',
    header: 'Address pool',
    skeleton: 90,
    cell: ({ pool }) => (pool === null ? <Small>a usual one</Small> : <Mono>{pool}</Mono>),
  },
  {
    id: 'made',
    header: 'Made',
    card: 'start',
    skeleton: 120,
    cell: ({ createdBy, createdAt }) => (
      <Secondary>
        {createdBy?.name} <RelativeTime at={createdAt} />
      </Secondary>
    ),
  },
  {
    id: 'opened',
    header: 'Last opened',
    align: 'end',
    card: 'state',
    skeleton: 60,
    cell: ({ lastUsedAt }) => (
      <Small>{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</Small>
    ),
  },
  {
    id: 'expires',
    header: 'Ends',
    align: 'end',
    card: 'end',
    skeleton: 60,
    cell: ({ expiresAt }) => (
      <Small>
        <RelativeTime at={expiresAt} />
      </Small>
    ),
  },
];
