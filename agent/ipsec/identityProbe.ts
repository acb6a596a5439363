import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Evidence } from '../../contract/diagnoses.ts';
import { succeeds } from './attempt.ts';
import { identityProbeOf, probeName } from './connections.ts';
import { unload } from './loading.ts';
import type { Session } from './session.ts';

/** Probes of several VPNs of one charon don't overlap: the key of each fits any gateway while it is loaded. */
const probing = new WeakMap<Session, Promise<unknown>>();

/** Whether a probe would tell more: in IKEv2 one answer stands for a wrong key and for an identity that isn't accepted. */
export const isAmbiguous = (vpn: DesiredVpn, log: readonly string[]): boolean =>
  vpn.ike.version === 2 && log.some((line) => line.startsWith('received AUTHENTICATION_FAILED'));

/**
 * Asks an IKEv2 gateway again, for no identity in particular. Resolves with the identity under which it proved to have the
 * key, with `refused` when it refused again, or null when the answer was another.
 */
export function probeIdentity(session: Session, vpn: DesiredVpn): Promise<Evidence['identityProbe']> {
  const run = async () => {
    const { key, connection } = identityProbeOf(vpn, session);
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
  const answer = (probing.get(session) ?? Promise.resolve()).then(run);
  probing.set(
    session,
    answer.catch(() => undefined),
  );
  return answer;
}

/** Reads the probe's log; exported for its test. */
export function readProbe(lines: readonly string[], expected: string): Evidence['identityProbe'] {
  for (const line of lines) {
    const identity = /^authentication of '(.*)' with pre-shared key successful$/.exec(line)?.[1];
    // The same identity as expected would explain nothing.
    if (identity !== undefined) return identity === expected ? null : { outcome: 'shown', identity };
    if (line.startsWith('received AUTHENTICATION_FAILED')) return { outcome: 'refused' };
  }
  return null;
}
