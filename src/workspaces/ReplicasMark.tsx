import type { Workspace } from '../../contract/workspaces.ts';
import { counted } from '../ui/counted.ts';
import { StateMark } from '../ui/StateMark.tsx';

/** How many of a workspace’s replicas are there: all, some, or none. */
export function ReplicasMark({ replicas: { total, online } }: Pick<Workspace, 'replicas'>) {
  if (total === 0) return <StateMark state="none">No replica yet</StateMark>;
  if (online === total) return <StateMark state="up">{counted(total, 'replica')} online</StateMark>;
  return (
    <StateMark state="offline">
      {online} of {counted(total, 'replica')} online
    </StateMark>
  );
}
