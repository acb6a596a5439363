import { agentClose, FromAgent } from '../../contract/agentProtocol.ts';
import type { Topic } from '../../contract/events.ts';
import { portTopics } from '../ports/announcePorts.ts';
import { observeDeclared } from '../ports/observeDeclared.ts';
import { observeListening } from '../ports/observeListening.ts';
import { admit, ipsecColumns } from './admission.ts';
import { say, type Connection, type Hello } from './connection.ts';
import type { DesiredSync } from './desiredSync.ts';
import type { HubDeps } from './hub.ts';
import type { Probes } from './probes.ts';
import type { ReportBuffer } from './reportBuffer.ts';
import type { Streams } from './streams.ts';
import type { Trials } from './trials.ts';
import { acceptHandover, handoverContext } from './tokenHandover.ts';

/** Milliseconds for the `hello`. */
const HELLO_MS = 10_000;

type ConversationDeps = HubDeps & {
  online: Map<string, Connection>;
  reports: ReportBuffer;
  probes: Probes;
  trials: Trials;
  streams: Streams;
  desired: DesiredSync;
  end(connection: Connection, code: number, reason: string): void;
};

/** What agents say, and what is answered. */
export type Conversation = {
  /** Ends a connection that stays silent. Returns the function that cancels this. */
  expectHello(connection: Connection): () => void;
  /** Never rejects: a message that can't be handled ends its connection, and no other. */
  handle(connection: Connection, text: string): Promise<void>;
};

export function createConversation(deps: ConversationDeps): Conversation {
  const { db, clock, bus, secretBox, log, online, reports, probes, trials, streams, desired, end } = deps;

  /** Never with the message itself: whatever it holds, it isn't for a log. */
  const violation = (connection: Connection, reason: string, fields: Record<string, unknown> = {}) => {
    log.warn(
      { workspace: connection.access.workspaceId, replica: connection.replica?.id ?? null, ...fields },
      `An agent broke the protocol: ${reason}`,
    );
    end(connection, agentClose.violation, reason);
  };

  async function greet(connection: Connection, hello: Hello): Promise<void> {
    const admission = await admit(db, clock, connection, hello);
    if (!admission.ok) {
      log.warn(
        { workspace: connection.access.workspaceId, code: admission.code },
        `An agent was refused: ${admission.reason}`,
      );
      end(connection, admission.code, admission.reason);
      return;
    }
    connection.replica = admission.replica;
    connection.abilities = new Set(hello.abilities);
    if (connection.ended) {
      // It went while it was let in: its row says online.
      reports.goodbye(connection);
      return;
    }
    const { replica, workspace, vpnIds, joined, sharesEnded, successorTokenId } = admission;
    const older = online.get(replica.id);
    online.set(replica.id, connection);
    if (older) end(older, agentClose.replaced, 'Another connection of this replica took over.');

    log.info(
      { replica: replica.id, name: replica.name, workspace: workspace.id, joined },
      'A replica is online',
    );
    say(connection, { type: 'welcome', replica: { id: replica.id, name: replica.name }, workspace });
    desired.mark([replica.id]);
    const topics: Topic[] = ['workspaces', 'vpns', `workspace:${workspace.id}`];
    for (const id of vpnIds) topics.push(`vpn:${id}`);
    if (joined || sharesEnded) topics.push('activity');
    bus.publish(connection.access.teamId, [...topics, ...portTopics([workspace.id])]);
    if (successorTokenId !== null) await offerToken(connection, successorTokenId);
  }

  async function offerToken(connection: Connection, tokenId: string): Promise<void> {
    const row = await db.selectFrom('token').select('sealed').where('id', '=', tokenId).executeTakeFirst();
    if (!row?.sealed) return;
    const token = await secretBox.open(row.sealed, handoverContext(tokenId));
    connection.offeredTokens.add(tokenId);
    say(connection, { type: 'token', tokenId, token });
  }

  async function tokenStored(connection: Connection, replicaId: string, tokenId: string): Promise<void> {
    const { access, offeredTokens } = connection;
    // Else a replica could name any other token, and outlive the revocation of its own.
    if (!offeredTokens.has(tokenId)) return violation(connection, 'It stored a token that it wasn’t given.');
    const now = new Date(clock.now()).toISOString();
    const accepted = await acceptHandover(db, { replicaId, workspaceId: access.workspaceId, tokenId, now });
    if (!accepted) return end(connection, agentClose.revoked, 'The join token was revoked.');
    access.tokenId = tokenId;
    offeredTokens.delete(tokenId);
    bus.publish(access.teamId, [`workspace:${access.workspaceId}`]);
  }

  async function respond(connection: Connection, message: FromAgent): Promise<void> {
    const { replica, access } = connection;
    if (message.type === 'hello') {
      if (replica) return violation(connection, 'It said hello twice.');
      return await greet(connection, message);
    }
    if (!replica) return violation(connection, 'It didn’t say hello first.');
    const { workspaceId, teamId } = access;
    const speaker = { replicaId: replica.id, connection: connection.id, workspaceId };
    switch (message.type) {
      case 'ipsec':
        await db
          .updateTable('replica')
          .set(ipsecColumns(message.ipsec))
          .where('id', '=', replica.id)
          .execute();
        bus.publish(access.teamId, ['workspaces', 'vpns', `workspace:${access.workspaceId}`]);
        return;
      case 'tunnels':
        return reports.add(connection, message.tunnels, message.complete);
      case 'verified':
        return probes.settle(connection, message);
      case 'tried':
        return trials.settle(connection, message);
      case 'stream-refused':
        return streams.refused(connection, message);
      case 'ports':
        return bus.publish(teamId, await observeListening(deps, speaker, message.ports));
      case 'declared-ports':
        return bus.publish(teamId, await observeDeclared(deps, speaker, message));
      case 'token-stored':
        return await tokenStored(connection, replica.id, message.tokenId);
    }
  }

  return {
    expectHello: (connection) =>
      clock.after(HELLO_MS, () => {
        if (!connection.replica && !connection.ended) violation(connection, 'It didn’t say hello in time.');
      }),

    async handle(connection, text) {
      if (connection.ended) return;
      const message = parseMessage(text);
      if (!message) return violation(connection, 'A message isn’t of this protocol.', { bytes: text.length });
      try {
        await respond(connection, message);
      } catch (error) {
        log.error(
          { err: error, type: message.type, replica: connection.replica?.id ?? null },
          'An agent’s message failed',
        );
        // The agent comes back and says everything again.
        end(connection, agentClose.restart, 'The server could not handle a message.');
      }
    },
  };
}

/** Null for what isn't a message. Text with U+0000 isn't: PostgreSQL can't store it. */
function parseMessage(text: string): FromAgent | null {
  if (text.includes('\\u0000')) return null;
  try {
    const parsed = FromAgent.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
