import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Vpn } from '../../../contract/vpns.ts';
import type { ConnectionCandidate } from '../../../contract/workspaces.ts';
import { keys } from '../../api/keys.ts';
import { useTeam } from '../../session/viewer.ts';
import { TextLink } from '../../ui/links.tsx';
import { connectAll } from '../../tunnels/connectAll.ts';
import { MultiPicker, type PickerItem } from '../../ui/MultiPicker.tsx';
import { toast } from '../../ui/toast.ts';
import { candidatesQuery } from '../../api/vpns.ts';
import { counted } from '../../ui/counted.ts';

const asItem = ({ workspace, replicas, connected, blocked, warning }: ConnectionCandidate): PickerItem => ({
  id: workspace.id,
  name: workspace.name,
  detail: replicas.total === 0 ? 'no replica yet' : counted(replicas.total, 'replica'),
  note: warning ?? undefined,
  disabledReason: connected ? 'Connected already.' : blocked?.message,
});

/** The dropdown that connects workspaces, several at once; what can’t be added says why. */
export function AddWorkspaces({ vpn }: { vpn: Vpn }) {
  const { id: team } = useTeam();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState('');
  const candidates = useInfiniteQuery(candidatesQuery(team, vpn.id, search));
  const names = new Map(candidates.data?.items.map(({ workspace }) => [workspace.id, workspace.name]));
  const connect = useMutation({
    mutationFn: (ids: string[]) =>
      connectAll(
        team,
        ids.map((id) => ({ vpn, workspace: { id, name: names.get(id) ?? id } })),
        ({ workspace }) => workspace.name,
      ),
    onSuccess: (_, ids) =>
      toast(`${counted(ids.length, 'workspace')} added. Their replicas connect to ${vpn.peerIp} now.`),
    onSettled: (_answer, _error, ids) => {
      void queryClient.invalidateQueries({ queryKey: keys.vpn(team, vpn.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team) });
      void queryClient.invalidateQueries({ queryKey: keys.workspaces(team) });
      for (const id of ids) void queryClient.invalidateQueries({ queryKey: keys.workspace(team, id) });
    },
  });
  return (
    <MultiPicker
      label="Add Workspaces"
      searchLabel="Search workspaces"
      search={search}
      onSearch={setSearch}
      items={candidates.data?.items.map(asItem)}
      empty={
        search === '' ? (
          <>
            This team has no workspace yet.{' '}
            <TextLink to="/teams/$team/workspaces" params={{ team }} search={{ dialog: 'create' }}>
              Create one
            </TextLink>
          </>
        ) : (
          `No workspace matches “${search}”.`
        )
      }
      submitLabel={(count) => (count === 0 ? 'Add workspaces' : `Add ${counted(count, 'workspace')}`)}
      loading={connect.isPending}
      error={connect.error ?? candidates.error}
      onSubmit={connect.mutateAsync}
    />
  );
}
