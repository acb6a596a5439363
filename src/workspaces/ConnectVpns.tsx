import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import { findOverlap } from '../../contract/subnets.ts';
import type { Vpn } from '../../contract/vpns.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import { keys } from '../api/keys.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { connectAll } from '../tunnels/connectAll.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { ChevronDownIcon } from '../ui/icons.tsx';
import { TextLink } from '../ui/links.tsx';
import { MultiPicker, type PickerItem } from '../ui/MultiPicker.tsx';
import { toast } from '../ui/toast.ts';
import { vpnsQuery } from '../api/vpns.ts';

/** Why this VPN can’t be connected beside the others: one address would lie behind two gateways. */
function obstacle(vpn: Vpn, connected: readonly Vpn[]): string | undefined {
  for (const other of connected) {
    const overlap = findOverlap(vpn.peerSubnets, other.peerSubnets);
    if (overlap) return `Its subnet ${overlap.a} overlaps with ${overlap.b} of ${other.name}.`;
  }
  return undefined;
}

function asItem(vpn: Vpn, connected: readonly Vpn[]): PickerItem {
  const already = connected.some(({ id }) => id === vpn.id);
  return {
    id: vpn.id,
    name: vpn.name,
    detail: vpn.peerIp,
    disabledReason: already ? 'Connected already.' : obstacle(vpn, connected),
  };
}

/** The dropdown that connects this workspace to VPNs of the team; what can’t be connected says why. */
export function ConnectVpns({ workspace }: { workspace: Workspace }) {
  const team = useTeam();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState('');
  const vpns = useInfiniteQuery(vpnsQuery(team.id, { search }));
  const items = vpns.data?.items;
  const connected = items?.filter(({ id }) => workspace.vpns.some((vpn) => vpn.id === id)) ?? [];
  const connect = useMutation({
    mutationFn: (ids: string[]) =>
      connectAll(
        team.id,
        ids.map((id) => ({ vpn: { id, name: items?.find((vpn) => vpn.id === id)?.name ?? id }, workspace })),
        ({ vpn }) => vpn.name,
      ),
    onSuccess: (_, ids) => toast(`${workspace.name} is connected to ${counted(ids.length, 'VPN')}.`),
    onSettled: (_answer, _error, ids) => {
      void queryClient.invalidateQueries({ queryKey: keys.workspace(team.id, workspace.id) });
      void queryClient.invalidateQueries({ queryKey: keys.vpns(team.id) });
      for (const id of ids) void queryClient.invalidateQueries({ queryKey: keys.vpn(team.id, id) });
    },
  });
  const denied = reasonOf(may.connectWorkspace(team.actor, { ownerId: workspace.owner.id }));
  if (denied !== undefined) {
    return (
      <ActionButton variant="contained" color="primary" endIcon={<ChevronDownIcon />} disabledReason={denied}>
        Connect VPNs
      </ActionButton>
    );
  }
  return (
    <MultiPicker
      label="Connect VPNs"
      searchLabel="Search VPNs"
      search={search}
      onSearch={setSearch}
      items={items?.map((vpn) => asItem(vpn, connected))}
      empty={
        search === '' ? (
          <>
            This team has no VPN yet.{' '}
            <TextLink to="/teams/$team/vpns" params={{ team: team.id }}>
              Go to VPNs
            </TextLink>
          </>
        ) : (
          `No VPN matches “${search}”.`
        )
      }
      submitLabel={(count) => (count === 0 ? 'Connect' : `Connect ${counted(count, 'VPN')}`)}
      loading={connect.isPending}
      error={connect.error ?? vpns.error}
      onSubmit={connect.mutateAsync}
    />
  );
}
