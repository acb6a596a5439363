import type { ReactNode } from 'react';
import type { OwnIdentity } from '../../contract/signInProviders.ts';
import type { Column } from '../ui/table/column.ts';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

/** `unlink` draws the button at the end of a row. */
export const identityColumns = (unlink: (identity: OwnIdentity) => ReactNode): Column<OwnIdentity>[] => [
  {
    id: 'provider',
    header: 'Provider',
    card: 'title',
    skeleton: 110,
    cell: ({ provider, issuer }) => provider ?? <Mono>{issuer}</Mono>,
  },
  {
    id: 'email',
    header: 'Email there',
    card: 'start',
    skeleton: 130,
    cell: ({ email }) => <Secondary>{email ?? 'not said'}</Secondary>,
  },
  {
    id: 'used',
    header: 'Last used',
    card: 'end',
    skeleton: 70,
    cell: ({ lastSignInAt }) => (
      <Small>{lastSignInAt === null ? 'never' : <RelativeTime at={lastSignInAt} />}</Small>
    ),
  },
  { id: 'unlink', header: 'Action', align: 'end', card: 'state', skeleton: 60, cell: unlink },
];
