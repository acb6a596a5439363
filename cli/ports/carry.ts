import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createWebSocketStream, WebSocket } from 'ws';
import { AGENT_DEAD_MS, AGENT_PING_MS } from '../../contract/agentConnection.ts';
import { PORT_CONNECT_MESSAGE_MAX_BYTES, portConnectClose } from '../../contract/portConnection.ts';

/** From the request to a connection in the replica. The server itself gives up after 10 s. Milliseconds. */
const OPEN_MS = 15_000;
/** After the program here has said all it had to say: silence of the other side for so long ends the connection. */
const SILENCE_MS = 10_000;
/** The server pings more often. Without it for so long there is none any more: this machine slept, or its network changed. */
const DEAD_MS = AGENT_DEAD_MS + AGENT_PING_MS;
/** RFC 6455, 7.4.1: 1000, and 1005 for a close without a code. All else means that bytes may be missing. */
const endedWell = new Set([1000, 1005]);

/** How a connection ended; `problem` is the server’s refusal as it came, empty where it isn’t text. */
export type CarryEnd =
  | { kind: 'ended' }
  | { kind: 'access-ended' }
  | { kind: 'refused'; status: number; problem: string }
  | { kind: 'lost'; reason: string };

/**
 * Passes bytes between a program on this machine and a port of a workspace, each side as fast as the other takes them.
 *
 * WebSocket knows no half-open connection: a program that ends its side first, as HTTP clients may, still gets what comes
 * back, but the other side sees that end only once it has been silent for a while.
 *
 * @param options.url `ws:` or `wss:`
 * @param options.signal breaks it off
 * @param options.deadMs without a ping from the server: the connection is lost
 */
export async function carry(
  socket: Socket,
  options: { url: URL; token: string; signal: AbortSignal; deadMs?: number },
): Promise<CarryEnd> {
  const { deadMs = DEAD_MS } = options;
  const webSocket = new WebSocket(options.url, {
    headers: { authorization: `Bearer ${options.token}` },
    perMessageDeflate: false,
    handshakeTimeout: OPEN_MS,
    maxPayload: PORT_CONNECT_MESSAGE_MAX_BYTES,
  });
  const end = Promise.withResolvers<CarryEnd>();
  const stream = createWebSocketStream(webSocket);
  let lost = 'the connection broke off';
  let silence: NodeJS.Timeout | undefined;
  /** The program here has gone, so that nothing can be lost any more. */
  let gone = false;
  const waitForSilence = () => {
    clearTimeout(silence);
    silence = setTimeout(() => stream.end(), SILENCE_MS);
  };
  let alive: NodeJS.Timeout | undefined;
  const waitForPing = () => {
    clearTimeout(alive);
    alive = setTimeout(() => {
      // While the program here doesn’t read, pings wait with what is to be read.
      if (webSocket.isPaused) return waitForPing();
      lost = 'nothing comes from the server any more';
      webSocket.terminate();
    }, deadMs);
  };
  const breakOff = () => {
    webSocket.terminate();
    socket.resetAndDestroy();
  };
  options.signal.addEventListener('abort', breakOff, { once: true });

  webSocket.on('open', waitForPing);
  webSocket.on('ping', waitForPing);
  webSocket.on('error', (error) => {
    lost = error.message;
  });
  webSocket.on('unexpected-response', (_request, response) => {
    void readProblem(response).then((problem) => {
      end.resolve({ kind: 'refused', status: response.statusCode ?? 0, problem });
      breakOff();
    });
  });
  webSocket.on('message', () => {
    if (socket.readableEnded) waitForSilence();
  });
  webSocket.on('close', (code) => {
    if (code === portConnectClose.accessEnded) end.resolve({ kind: 'access-ended' });
    else end.resolve(gone || endedWell.has(code) ? { kind: 'ended' } : { kind: 'lost', reason: lost });
    if (!endedWell.has(code)) socket.resetAndDestroy();
  });
  stream.on('error', () => socket.resetAndDestroy());
  socket.on('error', () => undefined);
  socket.once('end', waitForSilence);
  socket.once('close', () => {
    gone = true;
    clearTimeout(silence);
    if (!socket.readableEnded) return webSocket.terminate();
    // Its last words may be on their way; nobody is left to read what comes back.
    stream.end();
    stream.resume();
  });
  socket.pipe(stream, { end: false });
  stream.pipe(socket);

  const outcome = await end.promise;
  clearTimeout(silence);
  clearTimeout(alive);
  options.signal.removeEventListener('abort', breakOff);
  return outcome;
}

/** The start of what the server says; a proxy in between may say anything. */
async function readProblem(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > 16_384) break;
    }
  } catch {
    return '';
  }
  return text;
}
