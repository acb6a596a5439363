import { until, type Namespace } from './namespaces.ts';

export type Pings = {
  sent: number;
  lost: number;
  /** How many times pings ceased to be answered: those lost one after the other are one gap. */
  gaps: number;
  /** The longest time without an answer, in milliseconds. */
  pauseMs: number;
};

/**
 * Pings ten times a second, or at another interval in seconds, until `stop`, which waits for a few more answers and then says
 * how many of the pings before the last answer weren’t answered. What is on its way when pinging ends is no loss, which ping’s
 * own summary takes it for.
 */
export function steadyPing(
  from: Namespace,
  address: string,
  interval = 0.1,
): { begun(): Promise<void>; stop(): Promise<Pings> } {
  const child = from.spawn(['ping', '-n', '-D', '-i', String(interval), address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  /** When each ping was answered, in milliseconds since the epoch, by sequence number. */
  const answered = () =>
    new Map(
      Array.from(
        output.matchAll(/^\[([\d.]+)\] \d+ bytes from .*icmp_seq=(\d+)/gm),
        ([, at, seq]) => [Number(seq), Number(at) * 1000] as const,
      ),
    );
  return {
    begun: () => until(() => answered().size >= 3, 5000),
    async stop() {
      const before = answered().size;
      await until(() => answered().size > before + 3, 10_000);
      child.kill('SIGINT');
      await ended;
      const seen = answered();
      const sent = Math.max(...seen.keys());
      const times = [...seen.values()];
      const pauses = times.slice(1).map((at, index) => at - (times[index] ?? at));
      const lostOnes = Array.from({ length: sent }, (_, index) => index + 1).filter((seq) => !seen.has(seq));
      const gaps = lostOnes.filter((seq) => !lostOnes.includes(seq - 1)).length;
      return { sent, lost: lostOnes.length, gaps, pauseMs: Math.max(...pauses) };
    },
  };
}

/** What becomes of pings while `during` runs. */
export async function pingsWhile(
  from: Namespace,
  address: string,
  during: () => Promise<unknown>,
  interval = 0.1,
): Promise<Pings> {
  const pings = steadyPing(from, address, interval);
  await pings.begun();
  await during();
  return await pings.stop();
}
