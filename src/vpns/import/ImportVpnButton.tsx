import { may } from '../../../contract/permissions.ts';
import { useTeam } from '../../session/viewer.ts';
import { ButtonLink } from '../../ui/links.tsx';

/** Beside “+ Create VPN”, which says why where this viewer may not: leads to the form with the import open. */
export function ImportVpnButton() {
  const team = useTeam();
  if (!may.manageVpns(team.actor).allowed) return null;
  return (
    <ButtonLink to="/teams/$team/vpns/new" params={{ team: team.id }} search={{ dialog: 'import' }}>
      Create from a gateway’s file
    </ButtonLink>
  );
}
