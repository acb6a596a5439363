import { REPORTED_PORTS_MAX } from '../../contract/agentConnection.ts';
import type { ListeningPort } from '../../contract/agentProtocol.ts';
import { readListeners } from './procNetTcp.ts';
import type { Listener } from './procNetTcp.ts';
import { findOwners } from './socketOwners.ts';
import type { SocketOwner } from './socketOwners.ts';

/**
 * Looks at what listens in this replica. What it knows of a socket's process it keeps, so that looking again is cheap.
 *
 * @param options.proc where procfs is
 * @param options.ownPid whose ports are left out: the agent's
 * @param options.serverPort left out too: the port at which this replica reaches the server, where that is one of its own
 */
export function createListeningPorts(
  options: { proc?: string; ownPid?: number; serverPort?: number | null } = {},
): {
  /** By number, one of each: see `onePerPort`. */
  look(): Promise<ListeningPort[]>;
} {
  const { proc = '/proc', ownPid = process.pid, serverPort = null } = options;
  let owners = new Map<string, SocketOwner | null>();

  return {
    look: async () => {
      const listeners = readListeners(proc);
      const unknown = new Set(listeners.map(({ inode }) => inode).filter((inode) => !owners.has(inode)));
      const found = unknown.size > 0 ? await findOwners(unknown, proc) : null;
      const known = owners;
      const ownerOf = (inode: string) => known.get(inode) ?? found?.get(inode) ?? null;
      owners = new Map(listeners.map(({ inode }) => [inode, ownerOf(inode)]));
      const others = listeners.filter(
        ({ port, inode }) => port !== serverPort && ownerOf(inode)?.pid !== ownPid,
      );
      return onePerPort(others).map(({ port, address, inode }) => ({
        port,
        address,
        process: ownerOf(inode)?.name ?? null,
      }));
    },
  };
}

/** Of several sockets on one port: all addresses before loopback before one address of the replica, IPv4 before IPv6. */
const rank = (address: string): number =>
  ['0.0.0.0', '::', '127.0.0.1', '::1'].indexOf(address) + 1 || (address.startsWith('127.') ? 5 : 6);

/** The ports by number, and of each the socket that is reached most easily; at most REPORTED_PORTS_MAX. */
export function onePerPort(listeners: readonly Listener[]): Listener[] {
  const byPort = new Map<number, Listener>();
  for (const listener of listeners) {
    const other = byPort.get(listener.port);
    if (!other || rank(listener.address) < rank(other.address)) byPort.set(listener.port, listener);
  }
  return [...byPort.values()].toSorted((a, b) => a.port - b.port).slice(0, REPORTED_PORTS_MAX);
}
