import { join } from 'node:path';
import type { Lab } from './network.ts';

/** Where replica n of the lab has its agent: the replicas share this machine's file system. */
export function agentFolders(lab: Lab, n: number) {
  return {
    program: join(lab.folder, `r${n}-agent`),
    state: join(lab.folder, `r${n}-state`),
    secrets: join(lab.folder, `r${n}-secrets`),
  };
}

/**
 * Pastes the join command of a workspace into replica n, as a person would, with options that keep the replicas' files
 * apart. Resolves when the command ends, with what it printed; by then the agent is connected.
 *
 * @param path PATH for the command; left out: this process's own
 */
export async function pasteJoinCommand(
  lab: Lab,
  n: number,
  command: string,
  options: { name: string; path?: string },
): Promise<string> {
  const { program, state, secrets } = agentFolders(lab, n);
  const apart = `--prefix ${program} --state ${state} --name ${options.name} --no-systemd`;
  const environment = options.path === undefined ? [] : [`PATH=${options.path}`];
  const { code, stdout, stderr } = await lab
    .replica(n)
    .exec(['env', `CULVERT_SECRETS=${secrets}`, ...environment, 'sh', '-c', `${command} ${apart}`], 60_000);
  if (code !== 0) throw new Error(`The join command failed in replica ${n}:\n${stdout}\n${stderr}`);
  return stdout + stderr;
}
