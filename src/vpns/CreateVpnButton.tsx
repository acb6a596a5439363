import { may } from '../../contract/permissions.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ButtonLink } from '../ui/links.tsx';

/** Leads to the form for a new VPN, or says why this viewer can’t make one. */
export function CreateVpnButton() {
  const team = useTeam();
  const denied = reasonOf(may.manageVpns(team.actor));
  const look = { variant: 'contained', color: 'primary' } as const;
  if (denied !== undefined) {
    return (
      <ActionButton {...look} disabledReason={denied}>
        + Create VPN
      </ActionButton>
    );
  }
  return (
    <ButtonLink {...look} to="/teams/$team/vpns/new" params={{ team: team.id }}>
      + Create VPN
    </ButtonLink>
  );
}
