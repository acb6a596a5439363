import type { Secret } from '../../contract/secretsApi.ts';
import type { Column } from '../ui/table/column.ts';
import { Mono, Secondary, Small, Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { deliveryWords } from './words.ts';

function Workspaces({ workspaces }: Secret) {
  if (workspaces === null) return <Secondary>All</Secondary>;
  const [first, ...more] = workspaces;
  if (first === undefined) return <Secondary>None</Secondary>;
  return (
    <span title={workspaces.map(({ name }) => name).join('\n')}>
      {first.name} {more.length > 0 && <Tag>+{more.length}</Tag>}
    </span>
  );
}

const name: Column<Secret> = {
  id: 'name',
  header: 'Name',
  card: 'title',
  skeleton: 140,
  cell: ({ name: text }) => <Mono>{text}</Mono>,
};
const delivery: Column<Secret> = {
  id: 'delivery',
  header: 'Delivered as',
  card: 'state',
  skeleton: 60,
  cell: (secret) => <Secondary>{deliveryWords[secret.delivery]}</Secondary>,
};
const workspaces: Column<Secret> = {
  id: 'workspaces',
  header: 'Workspaces',
  card: 'start',
  skeleton: 90,
  cell: Workspaces,
};
const previews: Column<Secret> = {
  id: 'previews',
  header: 'Previews',
  card: 'foot',
  skeleton: 40,
  cell: (secret) => <Secondary>{secret.previews ? 'Previews too' : 'No previews'}</Secondary>,
};
const changed: Column<Secret> = {
  id: 'changed',
  header: 'Changed',
  align: 'end',
  card: 'end',
  skeleton: 80,
  cell: ({ updatedAt, updatedBy, level }) => (
    <Small>
      <RelativeTime at={updatedAt} />
      {level === 'team' && updatedBy !== null && ` by ${updatedBy.name}`}
    </Small>
  ),
};

/** Columns of a level’s secrets. */
export const secretColumns: Readonly<Record<Secret['level'], Column<Secret>[]>> = {
  member: [name, delivery, workspaces, changed],
  team: [name, delivery, workspaces, previews, changed],
};
