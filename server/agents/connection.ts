import type { FromAgent, ToAgent } from '../../contract/agentProtocol.ts';

/** The transport under a connection: a WebSocket in Node, a plain object in tests and in the mock. */
export type AgentLink = {
  send(text: string): void;
  close(code: number, reason: string): void;
};

/** What a join token lets in, as `authenticate` found it. */
export type JoinAccess = { tokenId: string; workspaceId: string; teamId: string };

/** The replica at the other end, known from its `hello` on. */
export type ConnectedReplica = { id: string; name: string; localId: string };

/** One agent's connection as the hub keeps it. */
export type Connection = {
  /** New for each connection; what the replica's row names while it is online. */
  readonly id: string;
  readonly link: AgentLink;
  readonly access: JoinAccess;
  replica: ConnectedReplica | null;
  ended: boolean;
  /** What its agent knows besides the protocol, of `agentAbilities`. */
  abilities: ReadonlySet<string>;
  /** Join tokens sent over this connection and not yet confirmed. */
  readonly offeredTokens: Set<string>;
  /** How each tunnel stood in the last report, so that counters that merely grow don't make lists be read again. */
  readonly lastStates: Map<string, string>;
};

export type Hello = Extract<FromAgent, { type: 'hello' }>;

export const say = (connection: Connection, message: ToAgent): void => {
  if (!connection.ended) connection.link.send(JSON.stringify(message));
};
