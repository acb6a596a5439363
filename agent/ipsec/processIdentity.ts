import { readdirSync, readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same pid. `startTime` is in clock ticks since boot. */
export type ProcessIdentity = { pid: number; startTime: string };

/**
 * The process that has this pid now; null when there is none. Source: proc_pid_stat(5), field 22. One whose first thread
 * has ended (Z) is there until its last one has: so long it holds its sockets and devices.
 */
export function identify(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    if (startTime === undefined) return null;
    const over = state === 'Z' && readdirSync(`/proc/${pid}/task`).length < 2;
    return over ? null : { pid, startTime };
  } catch {
    return null;
  }
}

export const isAlive = ({ pid, startTime }: ProcessIdentity): boolean =>
  identify(pid)?.startTime === startTime;

/** Signals the process, unless it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    // It ended in between, which is what was wanted.
  }
}
