import { runCommand } from '../command.ts';

/** charon's own table (charon.routing_table). */
const TABLE = '220';
/** Marks the routes in it that are ours (rtnetlink's protocol numbers from 192 on are free). */
const PROTOCOL = '202';

/**
 * Gives charon's routes of a tunnel another source. charon adds one route per subnet and keeps it as it is when a second
 * tunnel to the same subnet comes up with another virtual IP; ending the first then takes it away, and traffic would leave
 * outside the tunnel (seen on 5.9.8 with kernel-libipsec). What is replaced here charon doesn't find any more.
 */
export async function moveRoutes(before: readonly string[], now: readonly string[]): Promise<void> {
  for (const old of before) {
    const next = now.find((address) => address.includes(':') === old.includes(':'));
    if (next === undefined || next === old) continue;
    for (const route of await routesFrom(old))
      await ip(old, 'route', 'replace', ...movedRoute(route, next), 'table', TABLE, 'proto', PROTOCOL);
  }
}

/** Takes our routes of a tunnel away: charon puts its own there when the tunnel comes up again. */
export async function dropMovedRoutes(virtualIps: readonly string[]): Promise<void> {
  for (const address of virtualIps)
    await ip(address, 'route', 'flush', 'table', TABLE, 'proto', PROTOCOL, 'src', address);
}

/** Takes all of them away: charon has ended. */
export async function releaseMovedRoutes(): Promise<void> {
  for (const family of ['-4', '-6'] as const)
    await runCommand(['ip', family, 'route', 'flush', 'table', TABLE, 'proto', PROTOCOL]);
}

/** A route as `ip route show` prints it, with another preferred source; who made it is left out. */
export function movedRoute(route: string, source: string): string[] {
  const words = route.trim().split(/\s+/);
  const without = (key: string, from: readonly string[]) => {
    const at = from.indexOf(key);
    return at === -1 ? [...from] : from.toSpliced(at, 2);
  };
  return [...without('proto', without('src', words)), 'src', source];
}

async function routesFrom(address: string): Promise<string[]> {
  const { stdout } = await ip(address, 'route', 'show', 'table', TABLE, 'src', address);
  return stdout.split('\n').filter((line) => line.trim() !== '');
}

const ip = (address: string, ...args: string[]) =>
  runCommand(['ip', address.includes(':') ? '-6' : '-4', ...args]);
