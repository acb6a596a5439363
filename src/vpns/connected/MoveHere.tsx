import { useQuery } from '@tanstack/react-query';
import type { Vpn } from '../../../contract/vpns.ts';
import { whyNoMove } from '../../rollouts/move.ts';
import { useTeam } from '../../session/viewer.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { vpnQuery } from '../../api/vpns.ts';

/** On a copy that nobody uses yet: leads to moving the workspaces of the VPN that it was made from. */
export function MoveHere({ vpn, from }: { vpn: Vpn; from: string }) {
  const { id: team, actor } = useTeam();
  const { data: original } = useQuery(vpnQuery(team, from));
  if (original === undefined || whyNoMove(actor, original) !== undefined) return null;
  return (
    <ButtonLink
      to="/teams/$team/vpns/$vpn/workspaces"
      params={{ team, vpn: original.id }}
      search={{ dialog: 'move', to: vpn.id }}
    >
      Move workspaces from {original.name}
    </ButtonLink>
  );
}
