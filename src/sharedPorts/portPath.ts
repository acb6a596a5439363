import { apiPath } from '../api/client.ts';

/** Where the API has one port of a workspace. */
export const portPath = (team: string, { workspace, port }: { workspace: { id: string }; port: number }) =>
  apiPath`/teams/${team}/workspaces/${workspace.id}/ports/${String(port)}`;
