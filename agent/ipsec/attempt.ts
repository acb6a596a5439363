import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { childrenOf, identityProbeOf, probeName } from './connections.ts';
import type { Session } from './session.ts';
import type { LogLine } from './vici/client.ts';
import { ViciError } from './vici/error.ts';

const TERMINATE_MS = 1500;

/** Which subnets' CHILD_SAs came up in an attempt, and which didn't. */
export type AttemptOutcome = { installed: string[]; failed: string[] };

/**
 * Initiates a VPN's children one after the other, on a connection that is loaded. Never rejects for a refusal; rejects
 * with ViciError when charon goes away. `signal` ends the attempt early. Children in `there` are up already.
 */
export async function runAttempt(
  session: Session,
  vpn: DesiredVpn,
  onLog: (line: LogLine) => void,
  signal: AbortSignal,
  there: ReadonlySet<string> = new Set(),
): Promise<AttemptOutcome> {
  const outcome: AttemptOutcome = { installed: [], failed: [] };
  let established = there.size > 0;
  const client = await session.open();
  const abort = () => void endSas(session, vpn.id).catch(() => undefined);
  signal.addEventListener('abort', abort);
  try {
    for (const child of childrenOf(vpn).filter(({ name }) => !there.has(name))) {
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
      const installed = await succeeds(client.initiate(vpn.id, child.name, line));
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

/** Takes a connection and its key away from charon; what isn't loaded is fine. */
export async function unload(session: Session, connection: string): Promise<void> {
  await endSas(session, connection);
  await succeeds(session.client.unloadConnection(connection));
  await succeeds(session.client.unloadShared(connection));
}

/** Probes of several VPNs don't overlap: the key of each fits any gateway while it is loaded. */
let probing: Promise<unknown> = Promise.resolve();

/**
 * Asks an IKEv2 gateway again, for no identity in particular. Resolves with the identity under which it proved to have the
 * key, with `refused` when it refused again, or null when the answer was another.
 */
export function probeIdentity(
  session: Session,
  vpn: DesiredVpn,
): Promise<{ outcome: 'shown'; identity: string } | { outcome: 'refused' } | null> {
  const run = async () => {
    const { key, connection } = identityProbeOf(vpn);
    const lines: string[] = [];
    const client = await session.open();
    try {
      await session.client.loadShared(key);
      await session.client.loadConnection(probeName(vpn.id), connection);
      await succeeds(client.initiate(probeName(vpn.id), 'net', ({ text }) => lines.push(text)));
    } finally {
      client.close();
      await unload(session, probeName(vpn.id));
    }
    return readProbe(lines, vpn.peerId);
  };
  const answer = probing.then(run);
  probing = answer.catch(() => undefined);
  return answer;
}

/** Reads the probe's log; exported for its test. */
export function readProbe(
  lines: readonly string[],
  expected: string,
): Awaited<ReturnType<typeof probeIdentity>> {
  for (const line of lines) {
    const identity = /^authentication of '(.*)' with pre-shared key successful$/.exec(line)?.[1];
    // The same identity as expected would explain nothing.
    if (identity !== undefined) return identity === expected ? null : { outcome: 'shown', identity };
    if (line.startsWith('received AUTHENTICATION_FAILED')) return { outcome: 'refused' };
  }
  return null;
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
