import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same id; `startTime` in clock ticks since boot. */
type ProcessMark = { pid: number; startTime: string };

/**
 * The process that runs this job: on a runner that stays, other jobs have others. GitHub's is the one that starts each step, GitLab's
 * and Bitbucket's the shell of the whole script. Null where /proc doesn't say.
 */
export const jobMark = (): ProcessMark | null => processAt(process.ppid)?.mark ?? null;

/** As it is kept beside the agent that the job installed: nothing but numbers. */
export const writeMark = ({ pid, startTime }: ProcessMark): string => `${pid} ${startTime}`;

/**
 * Whose agent it is by the mark beside it: `ours` where that process started this one, `another` where it goes on without us,
 * `nobody` where the job is over, or there is no mark.
 */
export function ownerOf(text: string | null): 'ours' | 'another' | 'nobody' {
  const [, pid, startTime] = /^(\d{1,10}) (\d{1,20})\s*$/.exec(text ?? '') ?? [];
  const found = processAt(Number(pid));
  if (found === null || found.mark.startTime !== startTime) return 'nobody';
  for (let at = process.ppid; at > 1; at = processAt(at)?.parent ?? 0) {
    if (at === found.mark.pid) return 'ours';
  }
  return 'another';
}

/** Source: proc_pid_stat(5), fields 3, 4 and 22. Null where there is none, or it has ended and waits to be taken note of. */
function processAt(pid: number): { mark: ProcessMark; parent: number } | null {
  if (!Number.isInteger(pid) || pid < 1) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, startTime] = [fields[0], Number(fields[1]), fields[19]];
    return startTime === undefined || state === 'Z' ? null : { mark: { pid, startTime }, parent };
  } catch {
    return null;
  }
}
