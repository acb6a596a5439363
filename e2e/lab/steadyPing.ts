import { until, type Namespace } from './namespaces.ts';

export type Pings = { sent: number; lost: number };

/**
 * Pings ten times a second, or at another interval in seconds, until `stop`, which waits for a few more answers and then says how many of the pings before the last
 * answer weren’t answered. What is on its way when pinging ends is no loss, which ping’s own summary takes it for.
 */
export function steadyPing(
  from: Namespace,
  address: string,
  interval = 0.1,
): { begun(): Promise<void>; stop(): Promise<Pings> } {
  const child = from.spawn(['ping', '-n', '-i', String(interval), address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const answered = () =>
    new Set(Array.from(output.matchAll(/ bytes from .*icmp_seq=(\d+)/g), ([, seq]) => Number(seq)));
  return {
    begun: () => until(() => answered().size >= 3, 5000),
    async stop() {
      const before = answered().size;
      await until(() => answered().size > before + 3, 10_000);
      child.kill('SIGINT');
      await ended;
      const seen = answered();
      const sent = Math.max(...seen);
      return { sent, lost: sent - seen.size };
    },
  };
}
