import type { Namespace } from './namespaces.ts';

export type TimedPings = {
  /** When the last answer came, in milliseconds since the epoch. */
  last: number;
  /** Pings between the first answer and the last that weren't answered. */
  lost: number;
};

/** Pings ten times a second until `stop`; for an address that ceases to answer meanwhile. */
export function timedPing(from: Namespace, address: string): { stop(): Promise<TimedPings> } {
  const child = from.spawn(['ping', '-n', '-D', '-i', '0.1', address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    async stop() {
      child.kill('SIGINT');
      await ended;
      const answers = Array.from(
        output.matchAll(/^\[([\d.]+)\] \d+ bytes from .*icmp_seq=(\d+)/gm),
        ([, at, seq]) => ({ at: Number(at) * 1000, seq: Number(seq) }),
      );
      const [first, last] = [answers[0], answers.at(-1)];
      if (!first || !last) throw new Error(`${address} never answered.`);
      const sent = last.seq - first.seq + 1;
      return { last: last.at, lost: sent - new Set(answers.map(({ seq }) => seq)).size };
    },
  };
}

/**
 * When an address first answers, in milliseconds since the epoch. Meanwhile its subnet is unreachable but through a tunnel: what
 * waited for a neighbour that isn't there would be sent late.
 */
export async function firstAnswer(from: Namespace, address: string, subnet: string): Promise<number> {
  await from.must('ip', 'route', 'replace', 'unreachable', subnet);
  const script = `until ping -n -c 1 -W 1 ${address} >/dev/null 2>&1; do sleep 0.05; done; date +%s%3N`;
  const { stdout } = await from.exec(['sh', '-c', script], 60_000);
  await from.must('ip', 'route', 'delete', 'unreachable', subnet);
  return Number(stdout.trim());
}
