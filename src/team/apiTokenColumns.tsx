import type { ApiToken } from '../../contract/team.ts';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

export const apiTokenColumns: Column<ApiToken>[] = [
  { id: 'name', header: 'Name', card: 'title', skeleton: 110, cell: ({ name }) => name },
  {
    id: 'owner',
    header: 'Acts as',
    card: 'start',
    skeleton: 80,
    cell: ({ owner }) => <Secondary>{owner.name}</Secondary>,
  },
  {
    id: 'used',
    header: 'Last used',
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
    cell: ({ expiresAt }) => <Small>{expiresAt === null ? 'never' : <RelativeTime at={expiresAt} />}</Small>,
  },
];
