import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { endSas, succeeds } from './attempt.ts';
import { connectionOf, sharedKeyOf } from './connections.ts';
import type { Session } from './session.ts';
import { ViciError } from './vici/error.ts';

/** Loads a VPN's key and connection in place of what charon has of it. Returns charon's words when it refuses, or null. */
export async function loadVpn(session: Session, vpn: DesiredVpn): Promise<string | null> {
  await unload(session, vpn.id);
  const unattached: string[] = [];
  const end = session.onLog(({ connection, text }) => {
    if (connection === null) unattached.push(text);
  });
  try {
    await session.client.loadShared(sharedKeyOf(vpn));
    await session.client.loadConnection(vpn.id, connectionOf(vpn, session));
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

/** Takes a connection and its key away from charon; what isn't loaded is fine. */
export async function unload(session: Session, connection: string): Promise<void> {
  await endSas(session, connection);
  await succeeds(session.client.unloadConnection(connection));
  await succeeds(session.client.unloadShared(connection));
}
