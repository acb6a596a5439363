import { styled } from '@mui/material/styles';
import { may } from '../../contract/permissions.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { media } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ButtonLink } from '../ui/links.tsx';

/** On phones there is room for one: the list’s row menu duplicates as well. */
const Wide = styled('span')({ [media.phone]: { display: 'none' } });

/** Duplicate and Edit, or why this viewer can’t. */
export function VpnActions({ vpn }: { vpn: Vpn }) {
  const team = useTeam();
  const denied = reasonOf(may.manageVpns(team.actor));
  if (denied !== undefined) {
    return (
      <>
        <Wide>
          <ActionButton disabledReason={denied}>Duplicate</ActionButton>
        </Wide>
        <ActionButton disabledReason={denied}>Edit</ActionButton>
      </>
    );
  }
  return (
    <>
      <Wide>
        <ButtonLink to="/teams/$team/vpns/new" params={{ team: team.id }} search={{ duplicate: vpn.id }}>
          Duplicate
        </ButtonLink>
      </Wide>
      <ButtonLink to="/teams/$team/vpns/$vpn/edit" params={{ team: team.id, vpn: vpn.id }}>
        Edit
      </ButtonLink>
    </>
  );
}
