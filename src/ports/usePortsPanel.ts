import { useQuery } from '@tanstack/react-query';
import type { PortList } from '../../contract/ports.ts';
import { portCan } from '../../contract/portAccess.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import { teamQuery } from '../api/team.ts';
import { useSession, useTeam } from '../session/viewer.ts';
import { toast } from '../ui/toast.ts';
import type { PortsPanel } from './panel.ts';
import type { PortsSearch } from './portDialog.ts';
import { visibilitySet } from './portWording.ts';
import { useRowChanges } from './useRowChanges.ts';

/** Puts together who looks at whose ports, and what they can do there. `open` puts what it is given into the address. */
export function usePortsPanel(
  workspace: Workspace,
  list: PortList | undefined,
  search: PortsSearch,
  open: (asked: PortsSearch) => void,
): PortsPanel {
  const { id: team, name, actor } = useTeam();
  const { server } = useSession();
  const { data: details } = useQuery(teamQuery(team));
  const owned = { ownerId: workspace.owner.id };
  const audience = {
    owner: workspace.owner.id === actor.userId ? null : workspace.owner.name,
    team: name,
    members: details?.members,
  };
  const rows = useRowChanges(
    { team, workspace: workspace.id },
    ({ port, visibility }, { from }) => {
      if (from.visibility !== visibility) toast(visibilitySet(port, from.visibility, visibility, audience));
    },
    ({ port }) => open({ port: String(port) }),
  );
  return {
    team,
    actor,
    workspace,
    owned,
    audience,
    // Until it is known, the server’s answer decides alone.
    policy: details?.portPolicy ?? { organization: true, public: true },
    forwards: server.portsDomain !== null,
    complete: list?.complete ?? portCan.seeAll(actor, owned),
    marked: search.dialog === undefined && search.port !== undefined ? Number(search.port) : undefined,
    rows,
    open,
    share: (port, visibility) => {
      if (visibility === 'public') open({ dialog: 'public', port: String(port.port) });
      else rows.change(port, { visibility });
    },
  };
}
