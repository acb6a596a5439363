import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { secretsFor, variantOfGuide, type GatewayVariant } from './gatewayConf.ts';
import type { IpsecReplica } from './ipsecReplica.ts';
import { until } from './namespaces.ts';
import type { Lab } from './network.ts';
import { guideVpn, LAB_KEY } from './vpnsOfLab.ts';

export const ike = (version: 1 | 2, suite = 'aes256-sha256-modp2048'): Pick<DesiredVpn, 'ike'> => ({
  ike: { version, lifetimeSeconds: 3600, proposals: [suite] },
});
export const esp = (suite: string): Pick<DesiredVpn, 'esp'> => ({
  esp: { lifetimeSeconds: 28_800, proposals: [suite] },
});

/** Settings to test, as the server sends them. */
export const tested = (changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ id: 'try_1', name: 'tested', revision: 0, localId: 'replica-1.culvert-test', ...changes });

/** A gateway that isn't there. */
export const nowhere = { peerIp: '1.2.3.99', peerId: '1.2.3.99' };

/**
 * Runs the gateway with the guide's configuration, some values changed, in place of what it ran before.
 *
 * @param more.lines further lines of its `conn`
 * @param more.key its pre-shared key; left out: that of the VPN
 */
export async function startGateway(
  { gateway }: Lab,
  variant: Partial<GatewayVariant>,
  more: { lines?: readonly string[]; key?: string } = {},
): Promise<void> {
  const { lines = [], key = LAB_KEY } = more;
  await gateway.stop();
  const conf = [variantOfGuide(variant), ...lines.map((line) => `    ${line}\n`)].join('');
  gateway.write(conf, secretsFor(variant.leftid ?? '1.2.3.4', key));
  await gateway.start();
}

/** Everything on the replica that a test could touch or leave behind. */
export async function surroundings(replica: IpsecReplica): Promise<string> {
  const script = [
    'ip -o link show',
    'ip -o address show',
    'ip rule',
    'ip route show table all',
    'nft list ruleset',
    'ss -Hulnp',
  ].join('; ');
  const { stdout } = await replica.namespace.exec(['sh', '-c', script]);
  const pids = (await replica.charons()).map(({ pid }) => pid);
  // The kernel takes a second until it is sure of the network's own link-local address.
  const lines = stdout.split('\n').filter((line) => !(line.includes('fe80::') && line.includes('eth0')));
  return [...lines, ...pids, `folder: ${existsSync(join(replica.stateDir, 'trial'))}`].join('\n');
}

/** Waits until a test's charon answers. */
export const begun = (replica: IpsecReplica): Promise<void> =>
  until(() => existsSync(join(replica.stateDir, 'trial', 'ipsec', 'vici')), 10_000);

/**
 * Waits until all IKE_SAs with a test, which the gateway set up since `from` in its log, are gone there, because the replica said
 * so. Returns how many there were.
 */
export async function goneAtGateway({ gateway }: Lab, from: number): Promise<number> {
  const count = (sign: RegExp) =>
    gateway
      .log()
      .slice(from)
      .split('\n')
      .filter((line) => sign.test(line)).length;
  const established = count(/IKE_SA workspaces\[\d+\] established between .*-test\]$/);
  const deleted = /deleting IKE_SA workspaces\[\d+\] between .*-test\]$/;
  await until(() => count(deleted) === established, 5000);
  return established;
}
