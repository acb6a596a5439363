import { portCan } from '../../contract/portAccess.ts';
import type { Actor, Permission } from '../../contract/permissions.ts';
import type { Port, PortProtocol } from '../../contract/ports.ts';
import type { PortPolicy } from '../../contract/visibility.ts';

/** The search parameters of the tab. `port` alone marks a row; with `dialog`, or `protocol`, it says what is open. */
export type PortsSearch = { port?: string; protocol?: string; dialog?: string; ignored?: string };

/** What the address asks for, as far as the viewer may have it. */
export type PortDialogState =
  | { kind: 'add' }
  | { kind: 'public' | 'label'; port: Port }
  | { kind: 'protocol'; port: Port; to: PortProtocol }
  | { kind: 'stop'; ports: readonly Port[] }
  | { kind: 'refused'; reason: string };

type Rights = { actor: Actor; owned: { ownerId: string }; policy: PortPolicy };

const refused = (reason: string): PortDialogState => ({ kind: 'refused', reason });

const ifAllowed = (permission: Permission, state: PortDialogState): PortDialogState =>
  permission.allowed ? state : refused(permission.reason);

/**
 * Which dialog an address opens, or undefined for none. A link may be old, or somebody else’s: where what it asks for
 * isn’t possible, the answer is why.
 */
export function portDialogOf(
  { port: numbers = '', protocol, dialog }: PortsSearch,
  ports: readonly Port[],
  { actor, owned, policy }: Rights,
): PortDialogState | undefined {
  const manage = portCan.manage(actor, owned);
  if (dialog === 'add') return ifAllowed(manage, { kind: 'add' });
  if (dialog === 'stop') {
    const wanted = new Set(numbers.split(','));
    const found = ports.filter(({ port, forwarded }) => forwarded && wanted.has(String(port)));
    if (found.length === 0) return refused('Nothing of that is forwarded any more.');
    return ifAllowed(portCan.stop(actor, owned), { kind: 'stop', ports: found });
  }
  const kind = dialog ?? (protocol === undefined ? undefined : 'protocol');
  if (kind !== 'public' && kind !== 'label' && kind !== 'protocol') return undefined;
  const port = ports.find((one) => String(one.port) === numbers);
  if (!manage.allowed) return refused(manage.reason);
  if (port === undefined || !port.forwarded) return refused(`Port ${numbers} isn’t forwarded.`);
  if (kind === 'label') return { kind, port };
  if (kind === 'public') {
    if (port.visibility === 'public') return refused(`Port ${port.port} is public already.`);
    const change = { from: port.visibility, to: 'public' } as const;
    return ifAllowed(portCan.setVisibility(actor, owned, change, policy), { kind, port });
  }
  if (protocol !== 'http' && protocol !== 'https') return undefined;
  if (port.protocol === protocol) {
    return refused(`Port ${port.port} is reached by ${protocol.toUpperCase()} already.`);
  }
  return { kind, port, to: protocol };
}
