import { styled } from '@mui/material/styles';
import { may } from '../../contract/permissions.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { whyNoMove } from '../rollouts/move.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { media } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ButtonLink } from '../ui/links.tsx';

/** On phones there is room for one: the list’s row menu has the others as well. */
const Wide = styled('span')({ display: 'contents', [media.phone]: { display: 'none' } });

/** Move workspaces, Duplicate and Edit, or why this viewer can’t. */
export function VpnActions({ vpn }: { vpn: Vpn }) {
  const team = useTeam();
  const params = { team: team.id, vpn: vpn.id };
  const denied = reasonOf(may.manageVpns(team.actor));
  const noMove = whyNoMove(team.actor, vpn);
  return (
    <>
      <Wide>
        {noMove === undefined ? (
          <ButtonLink to="/teams/$team/vpns/$vpn/workspaces" params={params} search={{ dialog: 'move' }}>
            Move workspaces
          </ButtonLink>
        ) : (
          <ActionButton disabledReason={noMove}>Move workspaces</ActionButton>
        )}
        {denied === undefined ? (
          <ButtonLink to="/teams/$team/vpns/new" params={{ team: team.id }} search={{ duplicate: vpn.id }}>
            Duplicate
          </ButtonLink>
        ) : (
          <ActionButton disabledReason={denied}>Duplicate</ActionButton>
        )}
      </Wide>
      {denied === undefined ? (
        <ButtonLink to="/teams/$team/vpns/$vpn/edit" params={params}>
          Edit
        </ButtonLink>
      ) : (
        <ActionButton disabledReason={denied}>Edit</ActionButton>
      )}
    </>
  );
}
