import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { Member } from '../../contract/team.ts';
import { color, type } from '../theme/tokens.ts';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

const Person = styled('span')({
  display: 'grid',
  '& > small': { ...type.small, color: color.textSecondary },
});
const Name = styled('span')({ fontWeight: 500 });
/** As wide as its number, and its right edge where the column’s is. */
const Count = styled(Button)({ minWidth: 0, padding: '2px 8px', marginRight: -8 });

/** `viewer` is the user id of who is looking; `showTokens` opens the API tokens of a member. */
export const memberColumns = (viewer: string, showTokens: (member: string) => void): Column<Member>[] => [
  {
    id: 'name',
    header: 'Name',
    card: 'title',
    skeleton: 130,
    cell: ({ id, name, email }) => (
      <Person>
        <span>
          <Name>{name}</Name> {id === viewer && <Secondary>(you)</Secondary>}
        </span>
        <small>{email}</small>
      </Person>
    ),
  },
  { id: 'role', header: 'Role', card: 'state', skeleton: 46, cell: ({ role }) => <Tag>{role}</Tag> },
  {
    id: 'workspaces',
    header: 'Workspaces',
    align: 'end',
    width: '110px',
    skeleton: 16,
    cell: ({ workspaces }) => workspaces,
  },
  {
    id: 'tokens',
    header: 'API tokens',
    align: 'end',
    width: '100px',
    skeleton: 16,
    cell: ({ id, name, apiTokens }) =>
      apiTokens !== null &&
      (apiTokens === 0 ? (
        0
      ) : (
        <Count
          variant="text"
          size="small"
          aria-label={`Show the ${apiTokens === 1 ? 'API token' : `${apiTokens} API tokens`} of ${name}`}
          onClick={() => showTokens(id)}
        >
          {apiTokens}
        </Count>
      )),
  },
  {
    id: 'joined',
    header: 'Joined',
    align: 'end',
    width: '140px',
    skeleton: 60,
    cell: ({ joinedAt }) => (
      <Small>
        <RelativeTime at={joinedAt} />
      </Small>
    ),
  },
  {
    id: 'seen',
    header: 'Last seen',
    align: 'end',
    width: '140px',
    card: 'foot',
    skeleton: 60,
    cell: ({ lastSeenAt }) => (
      <Small>{lastSeenAt === null ? 'never' : <RelativeTime at={lastSeenAt} />}</Small>
    ),
  },
];
