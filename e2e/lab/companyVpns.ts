import type { Vpn, VpnCreate } from '../../contract/vpns.ts';
import { labKey, type Company } from './company.ts';
import { secretsFor } from './gatewayConf.ts';

/** The VPN guide's values; `preSharedKey` is what the lab's gateway has. */
export const guideVpn: VpnCreate = {
  name: 'Company data center',
  ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
  peerIp: '1.2.3.4',
  peerId: null,
  peerSubnets: ['10.250.0.0/24'],
  udpEncapsulation: true,
  dpdDelaySeconds: 30,
  preSharedKey: labKey,
};

/** The same gateway over IKEv2, with modern suites and both subnets behind it. */
export const modernVpn: VpnCreate = {
  ...guideVpn,
  name: 'Modern',
  ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256gcm16-prfsha384-ecp384'] },
  esp: { lifetimeSeconds: 28_800, proposals: ['aes256gcm16-ecp384'] },
  peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'],
};

/** Creates a VPN and connects workspaces to it by name, through the API. */
export async function connectVpn(
  company: Company,
  vpn: VpnCreate,
  workspaces: readonly string[],
): Promise<Vpn> {
  const { api, team } = company;
  const created = await api.post<Vpn>(`${team}/vpns`, vpn);
  for (const name of workspaces) await api.put<unknown>(`${team}/vpns/${created.id}/workspaces/${name}`);
  return created;
}

/** Runs the gateway with this configuration and the lab's key, in place of what it ran before. */
export async function runGateway({ lab }: Company, ipsecConf: string, leftid = '1.2.3.4'): Promise<void> {
  await lab.gateway.stop();
  lab.gateway.write(ipsecConf, secretsFor(leftid, labKey));
  await lab.gateway.start();
}

/** Deletes every VPN, so that the next test starts without tunnels. */
export async function removeVpns({ api, team }: Company): Promise<void> {
  const { items } = await api.get<{ items: Vpn[] }>(`${team}/vpns`);
  for (const { id } of items) await api.delete(`${team}/vpns/${id}`);
}
