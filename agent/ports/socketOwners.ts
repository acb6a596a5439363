import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

/** The process that holds a socket; `name` is null where it can't be told. */
export type SocketOwner = { pid: number; name: string | null };

/** File descriptors looked at in one go; other work gets its turn in between. */
const AT_ONCE = 500;

/**
 * Which processes hold these sockets, by inode. One that is missing belongs to a process this one may not look into
 * (another user's, without CAP_SYS_PTRACE) or that is not in this PID namespace. Starts with the newest process, the likely
 * one, and stops when all are found: the search costs one readlink for each open file of the machine.
 */
export async function findOwners(
  inodes: ReadonlySet<string>,
  proc = '/proc',
): Promise<Map<string, SocketOwner>> {
  const owners = new Map<string, SocketOwner>();
  let looked = 0;
  for (const pid of processes(proc)) {
    for (const fd of entries(`${proc}/${pid}/fd`)) {
      if (owners.size === inodes.size) return owners;
      looked += 1;
      if (looked % AT_ONCE === 0) await turn();
      const inode = /^socket:\[(\d+)\]$/.exec(linkAt(`${proc}/${pid}/fd/${fd}`))?.[1];
      if (inode === undefined || !inodes.has(inode) || owners.has(inode)) continue;
      owners.set(inode, { pid, name: nameOf(proc, pid) });
    }
  }
  return owners;
}

const processes = (proc: string): number[] =>
  entries(proc)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((a, b) => b - a);

/** Node from 23 on names its first thread so, whatever program it runs. */
const NODE_THREAD = 'MainThread';
const NAME_MAX = 64;

/** What the kernel calls the process, which it may have chosen itself: any bytes at all (proc_pid_comm(5)). */
function nameOf(proc: string, pid: number): string | null {
  try {
    const comm = readFileSync(`${proc}/${pid}/comm`, 'utf8').trim();
    const program = comm === NODE_THREAD ? programOf(linkAt(`${proc}/${pid}/exe`)) : comm;
    return program.replace(/\p{C}/gu, '').trim().slice(0, NAME_MAX) || null;
  } catch {
    return null;
  }
}

/** A program that was upgraded or removed since is marked (proc_pid_exe(5)). */
const programOf = (path: string): string => basename(path.replace(/ \(deleted\)$/, ''));

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The process ended, or isn't ours to look into.
    return [];
  }
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
