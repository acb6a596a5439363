import { Port, PortList, type PortForward } from '../contract/ports.ts';
import type { Visibility } from '../contract/visibility.ts';
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

export const portPath = (teamPath: string, workspaceId: string, port: number) =>
  `${teamPath}/workspaces/${workspaceId}/ports/${port}`;

/** Forwards a port that wasn’t forwarded, privately. */
export const forwardPort = async (
  client: TestClient,
  teamPath: string,
  workspaceId: string,
  port: number,
  wish: PortForward = {},
) => Port.parse(await body(await client.put(portPath(teamPath, workspaceId, port), wish), 201));

/** Gives a forwarded port another visibility. */
export const setPortVisibility = async (
  client: TestClient,
  teamPath: string,
  workspaceId: string,
  port: number,
  visibility: Visibility,
) => {
  const path = portPath(teamPath, workspaceId, port);
  return Port.parse(await body(await client.patch(path, { visibility }, { ifMatch: '*' }), 200));
};

export const listPorts = async (client: TestClient, teamPath: string, workspaceId: string) =>
  PortList.parse(await body(await client.get(`${teamPath}/workspaces/${workspaceId}/ports`), 200));
