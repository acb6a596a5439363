/**
 * Ports that listen in most machines and that nobody wants in a browser. They are hidden until asked for and never
 * forwarded by themselves; by hand they can be.
 */
const services: readonly { ports: readonly number[]; what: string }[] = [
  { ports: [20, 21, 989, 990], what: 'FTP' },
  { ports: [22], what: 'SSH' },
  { ports: [23, 992], what: 'Telnet' },
  { ports: [25, 110, 143, 465, 587, 993, 995], what: 'Mail' },
  { ports: [53, 853], what: 'DNS' },
  { ports: [111], what: 'RPC' },
  { ports: [139, 445, 2049], what: 'File sharing' },
  { ports: [179], what: 'BGP' },
  { ports: [389, 636], what: 'LDAP' },
  { ports: [631], what: 'Printing' },
  { ports: [2375, 2376], what: 'Docker' },
  { ports: [3389], what: 'Remote desktop' },
  { ports: [5900, 5901], what: 'VNC' },
  {
    ports: [1433, 1521, 3306, 5432, 6379, 9042, 11211, 26257, 27017, 27018, 27019, 28017],
    what: 'Database',
  },
  { ports: [2379, 2380, 2181, 4369, 5671, 5672, 9092], what: 'Coordination or queue' },
];

/** Linux hands these out to whoever asks for any port (ip_local_port_range): language servers, debuggers, test runners. */
const FIRST_EPHEMERAL = 32_768;
/** Below are the oldest services of all; nothing there speaks HTTP. */
const FIRST_USEFUL = 9;

const byPort = new Map(services.flatMap(({ ports, what }) => ports.map((port) => [port, what] as const)));

/** Why this port is on the ignore list, in a word or two, or null where it isn’t. */
export function ignoredBecause(port: number): string | null {
  if (port >= FIRST_EPHEMERAL) return 'Ephemeral port';
  return byPort.get(port) ?? (port < FIRST_USEFUL ? 'System' : null);
}

/** Debuggers: whoever reaches one runs code as its process. Listed, and forwarded only by hand. */
const debuggers = new Set([4711, 5005, 5678, 9222, 9229, 9230]);

/** What becomes of a port that begins to listen and that nobody has said anything about. */
export function whenItListens(
  port: number,
  onAutoForward: 'ignore' | 'silent' | 'notify' | null,
): 'forward' | 'offer' | 'ignore' {
  if (onAutoForward === 'ignore') return 'ignore';
  if (onAutoForward !== null) return 'forward';
  if (ignoredBecause(port) !== null) return 'ignore';
  return debuggers.has(port) ? 'offer' : 'forward';
}
