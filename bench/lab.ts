import { readFile } from 'node:fs/promises';
import type { DesiredVpn } from '../contract/agentProtocol.ts';
import type { Tunnel } from '../contract/tunnels.ts';
import type { Vpn, VpnChange, VpnCreate } from '../contract/vpns.ts';
import type { Company } from '../e2e/lab/company.ts';
import { until, type Namespace } from '../e2e/lab/namespaces.ts';
import type { ByHand } from './byHand.ts';

/** What every measurement works with. */
export type Lab = {
  company: Company;
  /** Replicas without an agent, as many as those with one. */
  byHand: readonly ByHand[];
  rounds: number;
};

/** The replica of the workspace `reports`, which has only this one. */
export const reportsReplica = ({ lab }: Company): Namespace => lab.replica(3);

/** What an agent is told about a VPN, for the replica that is used by hand. */
export const desiredByHand = (vpn: VpnCreate, replica = 0): DesiredVpn => ({
  ...vpn,
  id: 'byhand',
  revision: 1,
  peerId: vpn.peerId ?? vpn.peerIp,
  localId: `byhand-${replica}.culvert`,
});

/** Changes a VPN as it is now. */
export async function changeVpn({ api, team }: Company, id: string, change: VpnChange): Promise<void> {
  const { revision } = await api.get<Vpn>(`${team}/vpns/${id}`);
  await api.patch<Vpn>(`${team}/vpns/${id}`, change, revision);
}

/** Waits until the server shows all tunnels of a VPN to satisfy `condition`, with its latest settings applied. */
export async function waitForTunnels(
  { api, team }: Company,
  vpnId: string,
  condition: (tunnel: Tunnel) => boolean,
): Promise<void> {
  await until(async () => {
    const { items } = await api.get<{ items: Tunnel[] }>(`${team}/vpns/${vpnId}/tunnels`);
    const applied = items.every(({ appliedRevision, wantedRevision }) => appliedRevision === wantedRevision);
    return applied && items.length > 0 && items.every(condition);
  }, 60_000);
}

export const isUp = ({ state }: Tunnel): boolean => state === 'up';

/** Processes of a namespace whose command line matches. */
export async function processesIn(namespace: Namespace, commandLine: RegExp): Promise<number[]> {
  const pids = (await namespace.processes()).map(({ pid }) => pid);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => commandLine.test((lines[index] ?? '').replaceAll('\0', ' ')));
}
