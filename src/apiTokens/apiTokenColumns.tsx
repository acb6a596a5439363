import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { ApiToken } from '../../contract/team.ts';
import { media } from '../theme/tokens.ts';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

const madeWords: Readonly<Record<ApiToken['madeBy'], string>> = {
  hand: 'on the dashboard',
  device: 'by culvert login',
};

/** What the header says on wide screens. */
const OnCards = styled('span')({ display: 'none', [media.phone]: { display: 'inline' } });

/** Columns of lists of API tokens; `owner` where they are of several people, `made` where there is room. */
export const apiTokenColumns: Readonly<
  Record<'name' | 'owner' | 'made' | 'used' | 'expires', Column<ApiToken>>
> = {
  name: { id: 'name', header: 'Name', card: 'title', skeleton: 110, cell: ({ name }) => name },
  owner: {
    id: 'owner',
    header: 'Acts as',
    card: 'start',
    skeleton: 80,
    cell: ({ owner }) => <Secondary>{owner.name}</Secondary>,
  },
  made: {
    id: 'made',
    header: 'Made',
    skeleton: 90,
    card: 'foot',
    cell: ({ madeBy, createdAt }) => (
      <Small>
        {madeWords[madeBy]}, <RelativeTime at={createdAt} />
      </Small>
    ),
  },
  used: {
    id: 'used',
    header: 'Last used',
    align: 'end',
    card: 'state',
    skeleton: 60,
    cell: ({ lastUsedAt }) => (
      <Small>
        {lastUsedAt === null ? (
          <>
            never<OnCards> used</OnCards>
          </>
        ) : (
          <>
            <OnCards>used </OnCards>
            <RelativeTime at={lastUsedAt} />
          </>
        )}
      </Small>
    ),
  },
  expires: {
    id: 'expires',
    header: 'Ends',
    align: 'end',
    card: 'end',
    skeleton: 60,
    cell: ({ expiresAt }) => (
      <Small>
        {expiresAt === null ? (
          <>
            never<OnCards> ends</OnCards>
          </>
        ) : (
          <>
            <OnCards>ends </OnCards>
            <RelativeTime at={expiresAt} />
          </>
        )}
      </Small>
    ),
  },
};

/** The column with the button that asks whether to revoke a token. */
export const revokeColumn = <Token extends ApiToken>(ask: (token: Token) => void): Column<Token> => ({
  id: 'revoke',
  header: 'Action',
  align: 'end',
  card: 'state',
  skeleton: 60,
  cell: (token) => (
    <Button size="small" aria-label={`Revoke ${token.name}`} onClick={() => ask(token)}>
      Revoke
    </Button>
  ),
});
