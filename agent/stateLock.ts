import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, isAlive, signalProcess } from './ipsec/processIdentity.ts';
import type { ProcessIdentity } from './ipsec/processIdentity.ts';
import { StateError, makeStateFolder } from './state.ts';

/**
 * One agent per state folder: `agent.pid` holds the process's id and when it started. Both together name a process for
 * good (an id alone is used again), so a file left by a killed agent holds nobody up.
 *
 * @param options.replace ends the other agent instead, at once: its tunnels live on
 * @param options.find the process that has this id now
 * @returns the function that gives the folder free
 * @throws StateError when another agent is at work in the folder
 */
export async function lockState(
  folder: string,
  options: { replace?: boolean; find?: (pid: number) => ProcessIdentity | null } = {},
): Promise<() => Promise<void>> {
  const { replace = false, find = identify } = options;
  await makeStateFolder(folder);
  const path = join(folder, 'agent.pid');
  const mine = `${process.pid} ${find(process.pid)?.startTime ?? ''}\n`;
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 });
      return () => rm(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const [pid, startTime] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
    if (pid && startTime && find(Number(pid))?.startTime === startTime) {
      if (replace) {
        await end({ pid: Number(pid), startTime });
        continue;
      }
      throw new StateError(`Another agent, process ${pid}, already uses ${folder}.`);
    }
    await rm(path, { force: true });
  }
}

async function end(other: ProcessIdentity): Promise<void> {
  signalProcess(other, 'SIGKILL');
  while (isAlive(other)) await pause(20);
}
