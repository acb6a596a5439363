import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type PortHolder = { port: number; process: string | null };

const IKE_PORTS = [500, 4500];

/**
 * Who listens on the UDP ports of IKE in this network namespace; null: nobody. `process` is its name, null when it can't
 * be seen from here (another container that shares the network).
 */
export function findIkePortHolder(): PortHolder | null {
  const sockets = [...udpSockets('/proc/net/udp'), ...udpSockets('/proc/net/udp6')];
  const taken = sockets.find(({ port }) => IKE_PORTS.includes(port));
  return taken ? { port: taken.port, process: processWithSocket(taken.inode) } : null;
}

/** Lines of proc_net(5): `sl local_address rem_address st tx_queue:rx_queue tr:tm retrnsmt uid timeout inode …`. */
export function parseUdpSockets(table: string): { port: number; inode: string }[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local, , , , , , , , inode] = line.trim().split(/\s+/);
      const port = Number.parseInt(local?.split(':')[1] ?? '', 16);
      return inode === undefined || Number.isNaN(port) ? [] : [{ port, inode }];
    });
}

function udpSockets(path: string) {
  try {
    return parseUdpSockets(readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}

function processWithSocket(inode: string): string | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      if (links.includes(`socket:[${inode}]`)) return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    } catch {
      // It ended, or isn't ours to look at.
    }
  }
  return null;
}
