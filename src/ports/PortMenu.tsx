import { portCan } from '../../contract/portAccess.ts';
import type { Port } from '../../contract/ports.ts';
import { reasonOf } from '../session/reason.ts';
import type { MenuAction } from '../ui/menu/action.ts';
import { RowMenu } from '../ui/RowMenu.tsx';
import { copyText } from '../ui/copyText.ts';
import { toast } from '../ui/toast.ts';
import type { PortsPanel } from './panel.ts';

async function copyAddress({ port, url }: Port) {
  if (url !== null && (await copyText(url))) toast(`The address of port ${port} is copied.`);
}

/** For whoever has signed in with `culvert login`; names of workspaces need no quotes in any shell. */
const forwardCommand = (port: number, workspace: string) =>
  `culvert ports forward ${port} --workspace ${workspace}`;

async function copyCommand(port: number, workspace: string) {
  if (await copyText(forwardCommand(port, workspace))) {
    toast(`The command that opens port ${port} on your machine is copied.`);
  }
}

/** What can be done with one port. */
export function PortMenu({ port, panel }: { port: Port; panel: PortsPanel }) {
  const { actor, owned, rows, open } = panel;
  const number = String(port.port);
  const notOwner = reasonOf(portCan.manage(actor, owned));
  const protocol = port.protocol === 'http' ? 'https' : 'http';
  const copy: MenuAction = { label: 'Copy address', onSelect: () => void copyAddress(port) };
  const label = `Actions for port ${number}`;
  // Who may open the address may do so with the command; admins may look at nobody’s private port.
  const reaches = owned.ownerId === actor.userId || (port.forwarded && port.visibility !== 'private');
  const command: MenuAction = {
    label: 'Copy command for your machine',
    disabledReason: reaches ? undefined : 'Only the owner of the workspace reaches this port.',
    onSelect: () => void copyCommand(port.port, panel.workspace.name),
  };

  if (!port.forwarded) {
    if (!panel.forwards) return null;
    const forward = { label: 'Forward', disabledReason: notOwner, onSelect: () => rows.forward(port.port) };
    return <RowMenu label={label} actions={[forward, command]} />;
  }
  if (!portCan.seeAll(actor, owned)) return <RowMenu label={label} actions={[copy, command]} />;
  const actions: MenuAction[] = [
    {
      label: port.label === null ? 'Add a label' : 'Edit label',
      disabledReason: notOwner,
      onSelect: () => open({ dialog: 'label', port: number }),
    },
    {
      label: `Switch to ${protocol.toUpperCase()}`,
      disabledReason: notOwner,
      onSelect: () => open({ port: number, protocol }),
    },
    ...(port.url === null ? [] : [copy]),
    command,
    {
      label: 'Stop forwarding',
      destructive: true,
      disabledReason: reasonOf(portCan.stop(actor, owned)),
      onSelect: () => open({ dialog: 'stop', port: number }),
    },
  ];
  return <RowMenu label={label} actions={actions} />;
}
