import { contains } from '../../contract/addresses.ts';
import { parseSubnet, type Subnet } from '../../contract/subnets.ts';
import { runCommand } from './command.ts';

/** charon's own table (charon.routing_table), looked at before the main one. */
const TABLE = '220';
/** Marks our routes in it (rtnetlink's protocol numbers from 192 on are free). */
const PROTOCOL = '201';

/**
 * Networks this machine is directly on that a peer subnet would swallow: they stay local, since the machine's own
 * neighbours are more likely meant than hosts behind the gateway with the same addresses. A network that is a peer
 * subnet exactly is left to the tunnel: somebody asked for just that.
 */
export function swallowedNetworks(local: readonly string[], peerSubnets: readonly string[]): string[] {
  const peers = peerSubnets.flatMap(parsed);
  return local.flatMap(parsed).flatMap((network) => {
    const swallowed = peers.some((peer) => contains(peer, network));
    const wanted = peers.some((peer) => peer.text === network.text);
    return swallowed && !wanted ? [network.text] : [];
  });
}

/** Keeps local networks out of the tunnels' routes: a `throw` route sends the lookup on to the main table. */
export async function keepLocalNetworks(peerSubnets: readonly string[]): Promise<void> {
  await releaseLocalNetworks();
  for (const network of swallowedNetworks(await localNetworks(), peerSubnets)) {
    await runCommand(['ip', 'route', 'replace', 'throw', network, 'table', TABLE, 'proto', PROTOCOL]);
  }
}

export async function releaseLocalNetworks(): Promise<void> {
  for (const family of ['-4', '-6'] as const) {
    await runCommand(['ip', family, 'route', 'flush', 'table', TABLE, 'proto', PROTOCOL]);
  }
}

async function localNetworks(): Promise<string[]> {
  const listed = await Promise.all(
    (['-4', '-6'] as const).map((family) =>
      runCommand(['ip', family, 'route', 'show', 'table', 'main', 'proto', 'kernel']),
    ),
  );
  return listed.flatMap(({ stdout }) => stdout.split('\n').map((line) => line.split(' ')[0] ?? ''));
}

function parsed(text: string): Subnet[] {
  const subnet = parseSubnet(text);
  return subnet.ok ? [subnet.value] : [];
}
