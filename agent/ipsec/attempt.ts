import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { firstGeneration, type Child, type Generation } from './generations.ts';
import type { Session } from './session.ts';
import type { LogLine } from './vici/client.ts';
import { ViciError } from './vici/error.ts';

const TERMINATE_MS = 1500;

/** Which subnets' CHILD_SAs came up in an attempt, and which didn't. */
export type AttemptOutcome = { installed: string[]; failed: string[] };

type AttemptOptions = {
  /** What is loaded and initiated; left out: the VPN as it is loaded at first. */
  generation?: Pick<Generation, 'name' | 'children'>;
  /** Names of children that are up already. */
  there?: ReadonlySet<string>;
  /** Takes away what an attempt that is ended early has set up; left out: the whole connection. */
  end?: () => Promise<void>;
};

/**
 * Initiates a VPN's children one after the other, on a connection that is loaded. Never rejects for a refusal; rejects
 * with ViciError when charon goes away. `signal` ends the attempt early.
 */
export async function runAttempt(
  session: Session,
  vpn: DesiredVpn,
  onLog: (line: LogLine) => void,
  signal: AbortSignal,
  { generation = firstGeneration(vpn), there = new Set(), end }: AttemptOptions = {},
): Promise<AttemptOutcome> {
  const outcome: AttemptOutcome = { installed: [], failed: [] };
  const { name: connection, children } = generation;
  let established = there.size > 0;
  const client = await session.open();
  const abort = () => void (end?.() ?? endSas(session, connection)).catch(() => undefined);
  signal.addEventListener('abort', abort);
  try {
    for (const child of children.filter(({ name }) => !there.has(name))) {
      // Without IKE the other subnets would only fail in the same way.
      const hopeless = outcome.failed.length > 0 && !established;
      if (signal.aborted || hopeless) {
        outcome.failed.push(...child.subnets);
        continue;
      }
      const line = (entry: LogLine) => {
        established ||= /^IKE_SA \S+ established /.test(entry.text);
        onLog(entry);
      };
      const installed = await succeeds(client.initiate(connection, child.name, line));
      outcome[installed ? 'installed' : 'failed'].push(...child.subnets);
    }
  } finally {
    signal.removeEventListener('abort', abort);
    client.close();
  }
  return outcome;
}

/** Ends a connection's IKE_SAs. The gateway is told; they are gone even if it doesn't answer. */
export async function endSas(session: Session, connection: string): Promise<void> {
  // On a connection of its own: other tunnels needn't wait for this gateway.
  const client = await session.open();
  try {
    await client.terminate(connection, { force: true, timeoutMs: TERMINATE_MS });
  } finally {
    client.close();
  }
}

/** Ends some of a connection's CHILD_SAs, by name; those that aren't there are fine. */
export async function endChildren(
  session: Session,
  connection: string,
  children: readonly Child[],
): Promise<void> {
  const client = await session.open();
  try {
    for (const { name } of children)
      await client.terminate(connection, { child: name, force: false, timeoutMs: TERMINATE_MS });
  } finally {
    client.close();
  }
}

/** Whether charon carried a command out. Rejects when it couldn't be asked. */
export async function succeeds(command: Promise<void>): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (error instanceof ViciError && error.code === 'refused') return false;
    throw error;
  }
}
