import { runCommand } from './command.ts';

/** What the tunnels' packets look like when they come in: on libipsec's interface, or out of the kernel's ESP. */
export type TunnelTraffic =
  { backend: 'libipsec'; interfaceName: string } | { backend: 'kernel'; peers: readonly string[] };

const TABLE = 'inet culvert';

/**
 * Rules for nft: answers, and errors about what was sent, may come out of a tunnel; nothing else, neither into this
 * machine nor through it. They replace the earlier ones in one step.
 */
export function firewallRules(traffic: TunnelTraffic): string {
  const matches = matchesOf(traffic);
  const jumps = matches.map((match) => `    ${match} goto tunnel`).join('\n');
  return `table ${TABLE}
delete table ${TABLE}
table ${TABLE} {
  chain tunnel {
    ct state established,related accept
    icmp type { destination-unreachable, time-exceeded, parameter-problem } accept
    icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } accept
    drop
  }
  chain input {
    type filter hook input priority filter - 10; policy accept;
${jumps}
  }
  chain forward {
    type filter hook forward priority filter - 10; policy accept;
${jumps}
  }
}
`;
}

function matchesOf(traffic: TunnelTraffic): string[] {
  if (traffic.backend === 'libipsec') return [`iifname "${traffic.interfaceName}"`];
  return traffic.peers.map((peer) => `ipsec in ${peer.includes(':') ? 'ip6' : 'ip'} saddr ${peer}`);
}

/** Puts the rules in force. Throws with a sentence that holds nft's message: without them no tunnel may be up. */
export async function applyFirewall(traffic: TunnelTraffic): Promise<void> {
  const { code, stderr } = await runCommand(['nft', '-f', '-'], firewallRules(traffic));
  if (code !== 0)
    throw new Error(
      `The firewall that protects this machine can’t be set up: ${stderr.trim().slice(0, 300)}.`,
    );
}

export async function removeFirewall(): Promise<void> {
  await runCommand(['nft', 'delete', 'table', ...TABLE.split(' ')]);
}
