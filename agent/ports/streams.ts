import WebSocket from 'ws';
import { SERVER_MESSAGE_MAX_BYTES, STREAM_PATH, STREAMS_MAX } from '../../contract/agentConnection.ts';
import type { FromAgent, ToAgent } from '../../contract/agentProtocol.ts';
import type { Clock } from '../ipsec/clock.ts';
import type { Log } from '../log.ts';
import { serverAddress } from '../serverAddress.ts';
import { connectLocal } from './connectLocal.ts';
import type { LocalConnection } from './connectLocal.ts';
import { joinStream } from './joinStream.ts';
import { ownAddresses } from './ownAddresses.ts';

export type OpenStream = Extract<ToAgent, { type: 'open' }>;
type RefusalCode = Extract<FromAgent, { type: 'stream-refused' }>['code'];

export type Streams = {
  /** Connects to the port and dials back. Nothing throws. */
  open(order: OpenStream): void;
  /** Breaks all streams off: the connection that they were asked for over is gone. */
  endAll(): void;
};

const PORT_MAX = 65_535;
const handshakeMs = 5_000;
/** A slow reader may still be at what was sent before the close. Milliseconds. */
const closeMs = 10 * 60_000;
/** It becomes part of an address. */
const streamId = /^[A-Za-z0-9_-]{1,64}$/;

/** The connections to forwarded ports of this replica. */
export function createStreams(options: {
  /** The server's address, http or https. */
  server: URL;
  token: () => string;
  /** Where a port listens as far as is known. */
  knownOn: (port: number) => string | null;
  /** Where it listens now; it costs a look. */
  listensOn: (port: number) => string | null;
  send: (message: FromAgent) => void;
  log: Log;
  clock: Clock;
  most?: number;
}): Streams {
  const { knownOn, listensOn, send, log, clock, most = STREAMS_MAX } = options;
  const streams = new Map<string, AbortController>();
  const refuse = (stream: string, code: RefusalCode): void => send({ type: 'stream-refused', stream, code });

  const connectTo = async (port: number): Promise<LocalConnection> => {
    const before = knownOn(port);
    if (before !== null) {
      const known = await connectLocal(ownAddresses(before), port, clock);
      if (known.ok) return known;
    }
    return connectLocal(ownAddresses(listensOn(port)), port, clock);
  };

  const carry = async ({ stream, port }: OpenStream, signal: AbortSignal): Promise<void> => {
    const local = await connectTo(port);
    if (signal.aborted) {
      if (local.ok) local.socket.destroy();
      return;
    }
    if (!local.ok) return refuse(stream, local.code);
    const webSocket = dialBack(options.server, stream, options.token());
    const { failure } = await joinStream({ socket: local.socket, webSocket, clock, signal });
    if (failure === null || signal.aborted) return;
    log.warn({ failure }, 'A forwarded connection could not be dialled back to the server.');
    refuse(stream, 'unreachable');
  };

  return {
    open: (order) => {
      const { stream, port } = order;
      if (!streamId.test(stream)) log.error({}, 'The server asked for a stream by an id that can’t be one.');
      else if (port < 1 || port > PORT_MAX) refuse(stream, 'not-listening');
      else if (streams.size >= most) refuse(stream, 'too-many');
      else if (!streams.has(stream)) {
        const ending = new AbortController();
        streams.set(stream, ending);
        void carry(order, ending.signal).finally(() => streams.delete(stream));
      }
    },
    endAll: () => {
      for (const ending of streams.values()) ending.abort();
      streams.clear();
    },
  };
}

/**
 * Masks are there because scripts in browsers could otherwise write what a proxy on the way takes for a request (RFC 6455
 * section 10.3). An agent dials its own server, over TLS unless its log warns of it, so a mask of zeros will do: it changes
 * nothing, and both sides skip it. Masking each byte would take more time than all else.
 */
const noMask = (mask: Buffer): void => void mask.fill(0);

function dialBack(server: URL, stream: string, token: string): WebSocket {
  const options = {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
    maxPayload: SERVER_MESSAGE_MAX_BYTES,
    handshakeTimeout: handshakeMs,
    closeTimeout: closeMs,
    generateMask: noMask,
  };
  return new WebSocket(serverAddress(server, STREAM_PATH.slice(1) + stream), options);
}
