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

/** What can be done with one port. */
export function PortMenu({ port, panel }: { port: Port; panel: PortsPanel }) {
  const { actor, owned, rows, open } = panel;
  const number = String(port.port);
  const notOwner = reasonOf(portCan.manage(actor, owned));
  const protocol = port.protocol === 'http' ? 'https' : 'http';
  const copy: MenuAction = { label: 'Copy address', onSelect: () => void copyAddress(port) };
  const label = `Actions for port ${number}`;

  if (!port.forwarded) {
    if (!panel.forwards) return null;
    return (
      <RowMenu
        label={label}
        actions={[{ label: 'Forward', disabledReason: notOwner, onSelect: () => rows.forward(port.port) }]}
      />
    );
  }
  if (!portCan.seeAll(actor, owned)) return <RowMenu label={label} actions={[copy]} />;
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
    {
      label: 'Stop forwarding',
      destructive: true,
      disabledReason: reasonOf(portCan.stop(actor, owned)),
      onSelect: () => open({ dialog: 'stop', port: number }),
    },
  ];
  return <RowMenu label={label} actions={actions} />;
}
