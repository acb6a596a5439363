import type { ReactNode } from 'react';
import type { SignedInBrowser } from '../../contract/session.ts';
import type { Column } from '../ui/table/column.ts';
import { Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

/** `signOut` draws the button of a browser that isn't this one. */
export const browserColumns = (
  signOut: (browser: SignedInBrowser) => ReactNode,
): Column<SignedInBrowser>[] => [
  {
    id: 'browser',
    header: 'Browser',
    card: 'title',
    skeleton: 130,
    cell: ({ browser, current }) => (
      <>
        {browser} {current && <Tag>this one</Tag>}
      </>
    ),
  },
  {
    id: 'since',
    header: 'Signed in',
    card: 'start',
    skeleton: 70,
    cell: ({ createdAt }) => (
      <Small>
        <RelativeTime at={createdAt} />
      </Small>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    card: 'end',
    skeleton: 70,
    cell: ({ lastUsedAt }) => (
      <Small>{lastUsedAt === null ? 'never' : <RelativeTime at={lastUsedAt} />}</Small>
    ),
  },
  {
    id: 'end',
    header: 'Action',
    align: 'end',
    card: 'state',
    skeleton: 60,
    cell: (browser) => !browser.current && signOut(browser),
  },
];
