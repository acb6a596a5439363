import { styled } from '@mui/material/styles';
import type { Vpn } from '../../contract/vpns.ts';
import { RolloutMark } from '../rollouts/RolloutMark.tsx';
import { QuietLink } from '../ui/links.tsx';
import type { Column } from '../ui/table/column.ts';
import { Mono, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { SummaryMark } from '../ui/TunnelMark.tsx';
import { whyNoTunnels } from './wording.ts';

const Name = styled('span')({ fontWeight: 500 });
const States = styled('span')({ display: 'grid', justifyItems: 'inherit' });
const Subnet = styled('span')({ display: 'inline-flex', gap: 8, whiteSpace: 'nowrap' });

function Subnets({ peerSubnets }: Vpn) {
  const [first, ...more] = peerSubnets;
  return (
    <Subnet title={peerSubnets.join('\n')}>
      <Mono>{first}</Mono>
      {more.length > 0 && <Tag>+{more.length}</Tag>}
    </Subnet>
  );
}

export const vpnColumns: Column<Vpn>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    card: 'title',
    skeleton: 120,
    cell: (vpn) => (
      <QuietLink from="/teams/$team/vpns" to="/teams/$team/vpns/$vpn/overview" params={{ vpn: vpn.id }}>
        <Name>{vpn.name}</Name>
      </QuietLink>
    ),
  },
  {
    id: 'tunnels',
    header: 'Tunnels',
    card: 'state',
    skeleton: 90,
    cell: (vpn) => (
      <States>
        <SummaryMark summary={vpn.tunnels} nothing={whyNoTunnels(vpn)} />
        {vpn.rollout && (
          <Small>
            <RolloutMark rollout={vpn.rollout} />
          </Small>
        )}
      </States>
    ),
  },
  {
    id: 'gateway',
    header: 'Gateway',
    card: 'start',
    skeleton: 90,
    cell: (vpn) => <Mono>{vpn.peerIp}</Mono>,
  },
  { id: 'subnets', header: 'Peer subnets', card: 'end', skeleton: 110, cell: Subnets },
  { id: 'ike', header: 'IKE', skeleton: 24, cell: (vpn) => <Tag>v{vpn.ike.version}</Tag> },
  { id: 'workspaces', header: 'Workspaces', align: 'end', skeleton: 16, cell: (vpn) => vpn.workspaces },
  {
    id: 'changed',
    header: 'Changed',
    sort: 'changed',
    align: 'end',
    card: 'foot',
    skeleton: 60,
    cell: (vpn) => (
      <Small>
        <RelativeTime at={vpn.updatedAt} />
      </Small>
    ),
  },
];
