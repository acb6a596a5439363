import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Session } from '../../contract/session.ts';
import type { JoinTokenCreated, Workspace } from '../../contract/workspaces.ts';
import { Api } from './api.ts';
import { guideIpsecConf, secretsFor, uniqueidsNever } from './gatewayConf.ts';
import { pasteJoinCommand } from './join.ts';
import { createLab, type Lab } from './network.ts';
import { ServerProcess } from './serverProcess.ts';

/** The lab's pre-shared key: long enough to be no example of a bad one. */
export const labKey = 'lab-7Qm2xR9vTn4Ks8LpWc3ZbY6d';

/** Which replicas of the lab belong to which workspace. */
export const labWorkspaces: readonly { name: string; replicas: readonly number[] }[] = [
  { name: 'billing-api', replicas: [1, 2] },
  { name: 'reports', replicas: [3] },
];

export type Company = {
  lab: Lab;
  server: ServerProcess;
  api: Api;
  /** `/teams/{id}`, in front of every path of the team. */
  team: string;
  admin: { email: string; password: string };
  close(): Promise<void>;
};

/**
 * A company that uses Culvert: the real server, its admin, two workspaces whose three replicas have joined by the
 * command the server gave, and the guide's gateway, running. Nothing is connected yet.
 */
export async function startCompany(options: {
  prefix: string;
  port: number;
  /** Replicas without an agent, numbered after the others. */
  bareReplicas?: number;
}): Promise<Company> {
  const replicas = 3 + (options.bareReplicas ?? 0);
  const lab = await createLab({ prefix: options.prefix, replicas, serverPort: options.port });
  const admin = { email: 'admin@example.com', password: 'walk-the-culvert-daily' };
  const token = randomBytes(24).toString('hex');
  const server = new ServerProcess({
    port: options.port,
    data: join(lab.folder, 'data'),
    env: {
      CULVERT_ADMIN_EMAIL: admin.email,
      CULVERT_ADMIN_PASSWORD: admin.password,
      CULVERT_ADMIN_TOKEN: token,
    },
  });
  const close = async () => {
    await server.stop();
    await lab.close();
  };
  try {
    lab.gateway.write(uniqueidsNever + guideIpsecConf, secretsFor('1.2.3.4', labKey));
    await Promise.all([server.start(), lab.gateway.start()]);
    const api = new Api(options.port, token);
    const { teams } = await api.get<Session>('/session');
    const team = `/teams/${teams[0]?.id ?? ''}`;
    await Promise.all(labWorkspaces.map((workspace) => joinAll(lab, api, team, workspace)));
    return { lab, server, api, team, admin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function joinAll(
  lab: Lab,
  api: Api,
  team: string,
  { name, replicas }: { name: string; replicas: readonly number[] },
): Promise<void> {
  const workspace = await api.post<Workspace>(`${team}/workspaces`, { name });
  const { command } = await api.post<JoinTokenCreated>(`${team}/workspaces/${workspace.id}/join-tokens`, {});
  // One after the other, so that the replicas are numbered in the lab's order.
  for (const n of replicas) await pasteJoinCommand(lab, n, command, { name: `host-${n}` });
}
