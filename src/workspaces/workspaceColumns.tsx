import { styled } from '@mui/material/styles';
import type { Workspace } from '../../contract/workspaces.ts';
import { QuietLink } from '../ui/links.tsx';
import type { Column } from '../ui/table/column.ts';
import { Secondary, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { SummaryMark } from '../ui/TunnelMark.tsx';
import { PreviewTag } from './PreviewMarks.tsx';
import { ReplicasMark } from './ReplicasMark.tsx';

const Name = styled('span')({ fontWeight: 500 });
const Several = styled('span')({ display: 'inline-flex', gap: 8, alignItems: 'center' });

function Vpns({ vpns }: Workspace) {
  const [first, ...more] = vpns;
  if (first === undefined) return <Secondary>–</Secondary>;
  return (
    <Several title={vpns.map(({ name }) => name).join('\n')}>
      <QuietLink
        from="/teams/$team/workspaces"
        to="/teams/$team/vpns/$vpn/overview"
        params={{ vpn: first.id }}
      >
        {first.name}
      </QuietLink>
      {more.length > 0 && <Tag>+{more.length}</Tag>}
    </Several>
  );
}

export const workspaceColumns: Column<Workspace>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    card: 'title',
    skeleton: 110,
    cell: (workspace) => (
      <Several>
        <QuietLink
          from="/teams/$team/workspaces"
          to="/teams/$team/workspaces/$workspace/ports"
          params={{ workspace: workspace.id }}
        >
          <Name>{workspace.name}</Name>
        </QuietLink>
        {workspace.preview !== null && <PreviewTag preview={workspace.preview} />}
      </Several>
    ),
  },
  {
    id: 'replicas',
    header: 'Replicas',
    card: 'state',
    skeleton: 90,
    cell: (workspace) => <ReplicasMark replicas={workspace.replicas} />,
  },
  {
    id: 'tunnels',
    header: 'Tunnels',
    card: 'start',
    skeleton: 90,
    cell: ({ tunnels, vpns }) => (
      <SummaryMark
        summary={tunnels}
        nothing={vpns.length === 0 ? 'No VPN connected' : 'Waiting for a replica'}
      />
    ),
  },
  { id: 'vpns', header: 'VPNs', card: 'end', skeleton: 110, cell: Vpns },
  {
    id: 'owner',
    header: 'Owner',
    card: 'foot',
    skeleton: 80,
    cell: ({ owner }) => <Secondary>{owner.name}</Secondary>,
  },
  {
    id: 'created',
    header: 'Created',
    sort: 'created',
    align: 'end',
    skeleton: 60,
    cell: ({ createdAt }) => (
      <Small>
        <RelativeTime at={createdAt} />
      </Small>
    ),
  },
];
