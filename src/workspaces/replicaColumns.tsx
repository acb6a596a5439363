import type { Replica } from '../../contract/workspaces.ts';
import { StateMark } from '../ui/StateMark.tsx';
import type { Column } from '../ui/table/column.ts';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { Elapsed } from '../ui/Time.tsx';

function Presence({ online }: Replica) {
  return online ? <StateMark state="up">Online</StateMark> : <StateMark state="offline">Offline</StateMark>;
}

const backends = { kernel: 'Kernel', libipsec: 'User space' } as const;

/** How the replica does IPsec: “Kernel, strongSwan 5.9.8”, or that it can’t. */
function Ipsec({ ipsec }: Replica) {
  if (!ipsec.supported) return <StateMark state="unsupported">Not possible here</StateMark>;
  const parts = [
    ...(ipsec.backend === null ? [] : [backends[ipsec.backend]]),
    ...(ipsec.strongswanVersion === null ? [] : [`strongSwan ${ipsec.strongswanVersion}`]),
  ];
  return <Secondary>{parts.join(', ')}</Secondary>;
}

export const replicaColumns: Column<Replica>[] = [
  { id: 'name', header: 'Name', card: 'title', skeleton: 110, cell: ({ name }) => <Mono>{name}</Mono> },
  { id: 'state', header: 'State', card: 'state', skeleton: 60, cell: Presence },
  {
    id: 'since',
    header: 'Since',
    card: 'end',
    skeleton: 60,
    cell: ({ since }) => (
      <Secondary>
        <Elapsed at={since} />
      </Secondary>
    ),
  },
  {
    id: 'hostname',
    header: 'Hostname',
    card: 'start',
    skeleton: 100,
    cell: ({ hostname }) => <Mono>{hostname}</Mono>,
  },
  { id: 'ipsec', header: 'IPsec', card: 'foot', skeleton: 120, cell: Ipsec },
  {
    id: 'agent',
    header: 'Agent',
    skeleton: 80,
    cell: ({ agentVersion, platform }) => (
      <Small>
        {agentVersion}, {platform}
      </Small>
    ),
  },
];
