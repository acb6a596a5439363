import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Secondary } from '../ui/text.tsx';
import { connectedWorkspacesQuery } from '../api/vpns.ts';
import { counted } from '../ui/counted.ts';

/** What a change of a VPN touches, for its confirmation: each connected workspace with the number of its replicas. */
export function useAffected(team: string, vpn: string): ReactNode[] {
  const { data } = useInfiniteQuery(connectedWorkspacesQuery(team, vpn));
  if (data === undefined) return [];
  const lines: ReactNode[] = data.items.map(({ workspace, replicas }) => (
    <>
      <span>{workspace.name}</span>
      <Secondary>{replicas.total === 0 ? 'no replica yet' : counted(replicas.total, 'replica')}</Secondary>
    </>
  ));
  const more = data.total - data.items.length;
  return more > 0 ? [...lines, `and ${counted(more, 'more workspace', 'more workspaces')}`] : lines;
}
