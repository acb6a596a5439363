import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Diagnosed } from '../../contract/diagnoses.ts';
import { endSas, succeeds } from './attempt.ts';
import { connectionOf, sharedKeyOf } from './connections.ts';
import { firstGeneration, namesOf, type Generation } from './generations.ts';
import type { Session } from './session.ts';
import { ViciError } from './vici/error.ts';

/** Loads a VPN's key and connection in place of all that charon has of it. Returns charon's words when it refuses, or null. */
export async function loadVpn(session: Session, vpn: DesiredVpn): Promise<string | null> {
  await unloadAll(session, vpn.id);
  return await load(session, firstGeneration(vpn));
}

/**
 * Loads key and connection under the generation's name; what is up keeps the settings it came up with. Returns charon's
 * words when it refuses, or null.
 */
export async function load(session: Session, generation: Generation): Promise<string | null> {
  const { name, vpn } = generation;
  const unattached: string[] = [];
  const end = session.onLog(({ connection, text }) => {
    if (connection === null) unattached.push(text);
  });
  try {
    await session.client.loadShared(sharedKeyOf(vpn, name));
    await session.client.loadConnection(name, connectionOf(vpn, session, generation));
    return null;
  } catch (error) {
    if (!(error instanceof ViciError && error.code === 'refused')) throw error;
    // What exactly it disliked is in the log, which comes on another connection.
    await session.refresh();
    const detail = unattached.filter((line) => !line.startsWith('loaded '));
    return [error.message, ...detail].join('; ');
  } finally {
    end();
  }
}

/** Whether charon has lost the VPN's key: not just none for a gateway that shows another identity. */
export const isKeyLost = (diagnosis: Diagnosed | null, { peerId }: DesiredVpn): boolean =>
  diagnosis?.code === 'key_missing' && diagnosis.parts['peer'] === peerId;

/** Takes a connection and its key away from charon; what isn't loaded is fine. */
export async function unload(session: Session, connection: string): Promise<void> {
  await endSas(session, connection);
  await succeeds(session.client.unloadConnection(connection));
  await succeeds(session.client.unloadShared(connection));
}

/** Takes everything of a VPN away from charon. */
export async function unloadAll(session: Session, vpnId: string): Promise<void> {
  for (const name of namesOf(vpnId)) await unload(session, name);
}
