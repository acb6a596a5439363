import { styled } from '@mui/material/styles';
import type { SharedPort } from '../../contract/ports.ts';
import { QuietLink } from '../ui/links.tsx';
import { PortName, PortStatusMark, VisibilityMark } from '../ui/PortMarks.tsx';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { PortAddress } from './PortAddress.tsx';

const Name = styled('span')({ fontWeight: 500 });

export const sharedPortColumns: Column<SharedPort>[] = [
  { id: 'port', header: 'Port', card: 'title', skeleton: 90, cell: (port) => <PortName {...port} /> },
  {
    id: 'workspace',
    header: 'Workspace',
    sort: 'workspace',
    card: 'start',
    skeleton: 100,
    cell: ({ workspace }) => (
      <QuietLink
        from="/teams/$team/ports"
        to="/teams/$team/workspaces/$workspace/ports"
        params={{ workspace: workspace.id }}
      >
        <Name>{workspace.name}</Name>
      </QuietLink>
    ),
  },
  {
    id: 'address',
    header: 'Address',
    // It would be cut first where room is short, and nobody knows an address by its beginning.
    width: '28%',
    card: 'foot',
    skeleton: 220,
    cell: (port) => <PortAddress {...port} />,
  },
  {
    id: 'visibility',
    header: 'Visibility',
    sort: 'exposure',
    card: 'state',
    skeleton: 90,
    cell: ({ visibility }) => <VisibilityMark visibility={visibility} />,
  },
  {
    id: 'status',
    header: 'Status',
    card: 'end',
    skeleton: 80,
    cell: ({ status }) => <PortStatusMark status={status} />,
  },
  {
    id: 'owner',
    header: 'Owner',
    skeleton: 80,
    cell: ({ owner }) => <Secondary>{owner.name}</Secondary>,
  },
  {
    id: 'shared',
    header: 'Shared',
    sort: 'shared',
    skeleton: 60,
    // Owners share; somebody else is named where the workspace has changed hands since.
    cell: ({ sharedAt, sharedBy, owner }) => (
      <Small>
        <RelativeTime at={sharedAt} />
        {sharedBy && sharedBy.id !== owner.id && ` by ${sharedBy.name}`}
      </Small>
    ),
  },
];
