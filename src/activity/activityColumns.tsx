import { styled } from '@mui/material/styles';
import type { Activity } from '../../contract/team.ts';
import { color } from '../theme/tokens.ts';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { SubjectLink } from './SubjectLink.tsx';

const Actor = styled('span')({ fontWeight: 500 });
const NoBreak = styled('span')({ whiteSpace: 'nowrap', color: color.textSecondary });

export const activityColumns: Column<Activity>[] = [
  {
    id: 'actor',
    header: 'Who',
    width: '200px',
    card: 'title',
    skeleton: 90,
    cell: ({ actor }) =>
      actor.kind === 'system' ? <Secondary>Culvert</Secondary> : <Actor>{actor.name}</Actor>,
  },
  { id: 'summary', header: 'What', card: 'foot', skeleton: 260, cell: ({ summary }) => summary },
  {
    id: 'subject',
    header: 'On',
    width: '200px',
    skeleton: 100,
    cell: (entry) => <SubjectLink subject={entry.subject} />,
  },
  {
    id: 'at',
    header: 'When',
    width: '120px',
    align: 'end',
    card: 'state',
    skeleton: 60,
    cell: ({ at }) => (
      <NoBreak>
        <Small>
          <RelativeTime at={at} />
        </Small>
      </NoBreak>
    ),
  },
];
