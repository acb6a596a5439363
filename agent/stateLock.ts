import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StateError, makeStateFolder } from './state.ts';

/**
 * One agent per state folder: `agent.pid` holds the process's id and when it started. Both together name a process for
 * good (an id alone is used again), so a file left by a killed agent holds nobody up.
 *
 * @param startedAt reads when a process started, in the kernel's ticks; null when there is no such process
 * @returns the function that gives the folder free
 * @throws StateError when another agent is at work in the folder
 */
export async function lockState(
  folder: string,
  startedAt: (pid: number) => Promise<string | null> = processStartedAt,
): Promise<() => Promise<void>> {
  await makeStateFolder(folder);
  const path = join(folder, 'agent.pid');
  const mine = `${process.pid} ${(await startedAt(process.pid)) ?? ''}\n`;
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 });
      return () => rm(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const [pid, started] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
    if (pid && started && (await startedAt(Number(pid))) === started) {
      throw new StateError(`Another agent, process ${pid}, already uses ${folder}.`);
    }
    await rm(path, { force: true });
  }
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); the command's name before it may hold blanks and parentheses. */
export async function processStartedAt(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
