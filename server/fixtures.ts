import { Vpn, vpnDefaults, type VpnCreate } from '../contract/vpns.ts';
import { JoinTokenCreated, Workspace } from '../contract/workspaces.ts';
import type { TestClient } from './testing.ts';

/** The VPN guide's own values. */
export const guideVpn: VpnCreate = {
  ...vpnDefaults,
  name: 'Company data center',
  ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
  preSharedKey: 'correct horse battery staple',
};

/** The body of an answer with this status; throws with the body where it is another. */
export async function body(response: Response, status: number): Promise<unknown> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

export const createVpn = async (client: TestClient, teamPath: string, changes: Partial<VpnCreate> = {}) =>
  Vpn.parse(await body(await client.post(`${teamPath}/vpns`, { ...guideVpn, ...changes }), 201));

export const createWorkspace = async (client: TestClient, teamPath: string, name: string) =>
  Workspace.parse(await body(await client.post(`${teamPath}/workspaces`, { name }), 201));

export const createJoinToken = async (client: TestClient, teamPath: string, workspaceId: string) =>
  JoinTokenCreated.parse(
    await body(await client.post(`${teamPath}/workspaces/${workspaceId}/join-tokens`, {}), 201),
  );

export async function connect(client: TestClient, teamPath: string, vpnId: string, workspaceId: string) {
  await body(await client.put(`${teamPath}/vpns/${vpnId}/workspaces/${workspaceId}`), 200);
}
