import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace, JoinTokenCreated } from '../../contract/workspaces.ts';
import { labWorkspaces, type Company } from './company.ts';
import { agentFolders, pasteJoinCommand } from './join.ts';
import { signal } from './namespaces.ts';

/** Ends the agent of the lab's n-th replica as `kill -9` does. charon and its tunnels go on. */
export function killAgent({ lab }: Company, n: number): void {
  const stored = readFileSync(join(agentFolders(lab, n).state, 'agent.pid'), 'utf8');
  const [pid = '', startTime = ''] = stored.trim().split(' ');
  signal(Number(pid), startTime, 'SIGKILL');
}

/** Starts it again, as a person would: by pasting a join command. It finds its state and is the same replica. */
export async function startAgent({ lab, api, team }: Company, n: number): Promise<void> {
  const owner = labWorkspaces.find(({ replicas }) => replicas.includes(n));
  const workspace = await api.get<Workspace>(`${team}/workspaces/${owner?.name ?? ''}`);
  const { command } = await api.post<JoinTokenCreated>(`${team}/workspaces/${workspace.id}/join-tokens`, {});
  await pasteJoinCommand(lab, n, command, { name: `host-${n}` });
}
