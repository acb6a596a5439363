import { useInfiniteQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { portName } from '../ui/portWords.ts';
import { Secondary } from '../ui/text.tsx';
import { sharedPortsQuery } from '../sharedPorts/queries.ts';
import { forbidding, type ForbiddableLevel } from './policyWords.ts';

/** So many are named; of more, their number. */
const named = 100;

type ForbidLevelDialogProps = {
  team: string;
  level: ForbiddableLevel;
  loading: boolean;
  error: Error | null;
  /** `shared` ports become private. */
  onConfirm: (shared: number) => void;
  onClose: () => void;
};

/** Asks before a level of visibility is forbidden, with every port that becomes private by it. */
export function ForbidLevelDialog({
  team,
  level,
  loading,
  error,
  onConfirm,
  onClose,
}: ForbidLevelDialogProps) {
  // What it says is what will happen, so an older list won’t do.
  const query = useInfiniteQuery({ ...sharedPortsQuery(team, { visibility: level }), staleTime: 0 });
  const ports = query.data?.items ?? [];
  const shared = query.data?.total ?? 0;
  return (
    <ConfirmDialog
      title={level === 'public' ? 'Forbid public ports?' : 'Forbid organization ports?'}
      consequences={[
        ...ports.slice(0, named).map((port) => (
          <>
            <span>
              {portName(port)} of {port.workspace.name}
            </span>
            <Secondary>{port.owner.name}</Secondary>
          </>
        )),
        ...(shared > named ? [`and ${(shared - named).toLocaleString('en')} more`] : []),
      ]}
      note="Private ports stay as they are. What is forbidden can be allowed again, but shares don’t come back by themselves."
      confirm={level === 'public' ? 'Forbid public ports' : 'Forbid organization ports'}
      cancel="Keep allowed"
      destructive
      loading={loading}
      preparing={query.isFetching || query.data === undefined}
      error={error ?? query.error}
      onConfirm={() => onConfirm(shared)}
      onCancel={onClose}
    >
      {query.data === undefined
        ? 'Finding out which ports become private by this…'
        : forbidding(level, shared)}
    </ConfirmDialog>
  );
}
