import type { Actor } from '../../contract/permissions.ts';
import type { Port } from '../../contract/ports.ts';
import type { PortPolicy } from '../../contract/visibility.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import type { Audience } from '../ui/portWords.ts';
import type { PortsSearch } from './portDialog.ts';
import type { useRowChanges } from './useRowChanges.ts';

/** What the parts of the tab share: whose ports these are, who looks at them, and what can be done. */
export type PortsPanel = {
  team: string;
  actor: Actor;
  workspace: Workspace;
  owned: { ownerId: string };
  audience: Audience;
  policy: PortPolicy;
  /** Whether this server has a ports domain. */
  forwards: boolean;
  /** The viewer sees all ports, not only what is shared with them. */
  complete: boolean;
  /** The row that the address points at. */
  marked: number | undefined;
  rows: ReturnType<typeof useRowChanges>;
  /** Opens a dialog, which has an address of its own. */
  open: (search: PortsSearch) => void;
  /** Puts a visibility into effect, after asking where it makes the port public. */
  share: (port: Port, visibility: Port['visibility']) => void;
};
