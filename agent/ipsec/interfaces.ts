import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** The TUN interface that a process holds, such as ipsec0; null when it has none. Source: `iff:` in proc fdinfo (tun.c). */
export function tunInterfaceOf(pid: number): string | null {
  try {
    for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
      const name = /^iff:\s*(\S+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'))?.[1];
      if (name !== undefined) return name;
    }
  } catch {
    // The process ended.
  }
  return null;
}

/** The interface that has this address; null when none has. */
export function interfaceWithAddress(address: string): string | null {
  const found = Object.entries(networkInterfaces()).find(([, own]) =>
    own?.some((entry) => entry.address === address),
  );
  return found?.[0] ?? null;
}
