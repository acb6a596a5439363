import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** The TUN interface that a process holds, such as ipsec0; null when it has none. Source: `iff:` in proc fdinfo (tun.c). */
export function tunInterfaceOf(pid: number): string | null {
  const folder = `/proc/${pid}/fdinfo`;
  const numbers = orNone(() => readdirSync(folder)) ?? [];
  for (const number of numbers) {
    const info = orNone(() => readFileSync(`${folder}/${number}`, 'utf8')) ?? '';
    const name = /^iff:\s*(\S+)$/m.exec(info)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/** What is read of a process that may close the file, or end, in this very moment: null then. */
function orNone<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** The interface that has this address; null when none has. */
export function interfaceWithAddress(address: string): string | null {
  const found = Object.entries(networkInterfaces()).find(([, own]) =>
    own?.some((entry) => entry.address === address),
  );
  return found?.[0] ?? null;
}
