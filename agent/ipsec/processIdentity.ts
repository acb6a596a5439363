import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same pid. `startTime` is in clock ticks since boot. */
export type ProcessIdentity = { pid: number; startTime: string };

/** The process that has this pid now; null when there is none. Source: proc_pid_stat(5), field 22. */
export function identify(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    return startTime === undefined || state === 'Z' ? null : { pid, startTime };
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
