/**
 * What sign-in attempts from an address are counted under: an IPv4 address as it is, of an IPv6 address its /64, since
 * one customer holds at least that many.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - start.length - end.length;
  const groups = [...start, ...Array<string>(Math.max(0, missing)).fill('0'), ...end];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/**
 * The client’s address behind a reverse proxy on the same machine, which appends it to X-Forwarded-For. From anywhere
 * else the header is what the client likes to claim, so the connection’s own address counts.
 */
export function clientAddress(
  connection: string | undefined,
  forwardedFor: string | undefined,
): string | undefined {
  const local = connection !== undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(connection);
  const last = forwardedFor?.split(',').at(-1)?.trim();
  return local && last ? withoutPort(last) : connection;
}

/** Some proxies add the port, which is another one each time: `203.0.113.9:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (address: string): string =>
  /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([^:]*):\d+$/.exec(address)?.[1] ?? address;
