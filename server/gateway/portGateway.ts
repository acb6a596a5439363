import type { PortProtocol } from '../../contract/ports.ts';
import type { Deps } from '../deps.ts';

/** What decisions are made of. */
export type GatewayDeps = Pick<Deps, 'db' | 'databaseState' | 'clock' | 'log' | 'settings'>;

/**
 * Where the two halves of the port gateway meet: `server/gateway/` decides on Web standards alone, `server/node/` carries
 * bytes. The transport asks `admit` about each request, upgrades included, before it opens anything.
 */
export type PortGateway = {
  admit(request: PortRequest): Promise<PortVerdict>;
  /** The answer for a host that `readHost` finds unknown: the same as for a port that isn’t there. */
  refuseHost(request: PortRequest): Promise<Response>;
};

/** As those of `Headers`, whose names are in lower case here. */
export type RequestHeaders = Pick<Headers, 'get' | 'has'>;

/** A request to a host one label below the ports domain. */
export type PortRequest = {
  /** That label, in lower case. */
  label: string;
  method: string;
  /** Path and query as they were sent. */
  target: string;
  headers: RequestHeaders;
  /** Asks for another protocol on the same connection, such as a WebSocket. */
  upgrade: boolean;
  remoteAddress: string | undefined;
  /** The body as text, for the gateway’s own small forms; null where it is longer than `limit` bytes. */
  text(limit: number): Promise<string | null>;
};

export type PortVerdict = { kind: 'answer'; response: Response } | { kind: 'forward'; visit: PortVisit };

/** An admitted request: where it may go, and what comes of it. */
export type PortVisit = {
  portId: string;
  port: number;
  protocol: PortProtocol;
  /** Connected replicas to try, best first: the one this viewer was at, then those in which the port listens. Never empty. */
  replicas: readonly string[];
  /** Whose connections are counted together: a user, or an address. */
  viewerKey: string;
  /** The `Set-Cookie` that has this viewer stay with the replica, or null where they are known to already. */
  stickTo(replicaId: string): string | null;
  /** The page or problem document to answer with when no replica could serve the request. */
  failure(reason: PortFailure): Response;
  /** Calls `end`, once, as soon as this viewer may not reach the port any more. Returns the function that stops watching. */
  watch(end: () => void): () => void;
};

export type PortFailure =
  /** Every replica refused the connection. */
  | 'not-listening'
  /** The replica, or its agent, went away or didn’t answer. */
  | 'replica-offline'
  /** It answers, but doesn’t speak the port’s protocol. */
  | 'wrong-protocol'
  /** It took the connection and closed it, or answered with what isn’t HTTP. */
  | 'bad-answer'
  /** It took the request and didn’t answer in time. */
  | 'timeout'
  /** Too many connections of this port or this viewer. */
  | 'too-many';
