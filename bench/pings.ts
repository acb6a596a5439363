import { createInterface } from 'node:readline';
import { until, type Namespace } from '../e2e/lab/namespaces.ts';

/** The private host of the lab. */
export const privateHost = '10.250.0.5';

/** An answered ping: its number, and when the answer came in milliseconds since the epoch. */
export type Answer = { sequence: number; at: number };

/** Reads a line that `ping -D` printed; null unless it is an answer. */
export function readAnswer(line: string): Answer | null {
  const match = /^\[(\d+\.\d+)\] \d+ bytes from \S+: icmp_seq=(\d+) /.exec(line);
  return match ? { at: Number(match[1]) * 1000, sequence: Number(match[2]) } : null;
}

/** How many pings before the last answer, from the first answer on, had none. */
export function lostAmong(answers: readonly Answer[]): number {
  const sequences = new Set(answers.map(({ sequence }) => sequence));
  return sequences.size === 0 ? 0 : Math.max(...sequences) - Math.min(...sequences) + 1 - sequences.size;
}

/**
 * Lets packets that no tunnel takes vanish at the default router, as they do on the Internet. The lab has no such router:
 * they would wait three seconds for its ARP answer, and `ping` would wait with them, tunnel or not.
 */
export async function dropWithoutTunnel(replica: Namespace): Promise<void> {
  const nobody = '02:00:00:00:00:01';
  await replica.must('ip', 'neighbour', 'replace', '1.2.3.1', 'lladdr', nobody, 'dev', 'eth0');
}

/**
 * Pings the private host every 10 ms, also while nothing answers. The raw socket is bound to no address, so that the kernel
 * chooses the source of every single ping anew: the first one that is sent after the tunnel's route is there takes it. The
 * times are ping's own, which prints them as the answers come.
 */
export function pingPrivateHost(from: Namespace) {
  const child = from.spawn(['ping', '-n', '-D', '-i', '0.01', privateHost], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const answers: Answer[] = [];
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = readAnswer(line);
      if (answer) answers.push(answer);
    });
  }
  const answered = async (since: number): Promise<Answer> => {
    const find = () => answers.find(({ at }) => at >= since);
    await until(() => find() !== undefined, 60_000);
    return find() ?? Promise.reject(new Error('No answer.'));
  };
  return {
    answers: (): readonly Answer[] => answers,
    /** Waits for the first answer at `since` (milliseconds since the epoch) or after. */
    answered,
    /** Ends it. Resolves with all answers. */
    async stop(): Promise<readonly Answer[]> {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
      return answers;
    },
  };
}

export type Pings = ReturnType<typeof pingPrivateHost>;
