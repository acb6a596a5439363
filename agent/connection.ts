import WebSocket from 'ws';
import {
  AGENT_DEAD_MS,
  AGENT_PING_MS,
  agentClose,
  SERVER_MESSAGE_MAX_BYTES,
} from '../contract/agentConnection.ts';
import type { FromAgent, ToAgent } from '../contract/agentProtocol.ts';
import { reconnectDelay, replacedDelay } from './backoff.ts';
import type { Clock } from './ipsec/clock.ts';
import type { Log } from './log.ts';
import { readMessage } from './messages.ts';
import { closedText, readRefusal, unreachableText } from './refusal.ts';
import { serverAddress } from './serverAddress.ts';

/** Why the server wants this replica gone for good. */
export type Farewell = 'revoked' | 'removed';

export type ConnectionOptions = {
  /** The server's address, http or https. */
  server: URL;
  /** Read at every dial: a rotation changes it. */
  token: () => string;
  /** The first message of every connection. */
  hello: () => FromAgent;
  onMessage: (message: ToAgent) => void;
  /** A connection that was open is not any more. */
  onLost: () => void;
  /** Why there is no connection, in a sentence; not again while it stays the same. */
  onTrouble: (sentence: string) => void;
  /** Called once; the connection is over. */
  onFarewell: (reason: Farewell) => void;
  log: Log;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
};

export type Connection = {
  /** Sends when connected after the welcome, else drops: what matters is said again after every hello. */
  send(message: FromAgent): void;
  close(): void;
};

/** A connection that lived this long was a good one: losing it starts the waits from the beginning. Milliseconds. */
const settledMs = AGENT_PING_MS / 2;
const handshakeMs = 10_000;

/** Dials the server, and again for ever, until it is closed or the server says farewell. */
export function createConnection(options: ConnectionOptions): Connection {
  const { log, clock } = options;
  const address = serverAddress(options.server, 'agent/v1/connect');
  let attempt = 0;
  let over = false;
  let live: WebSocket | null = null;
  let welcomed = false;
  let cancelRetry = (): void => undefined;
  let lastTrouble = '';

  const dialAgain = (delayMs: number): void => {
    cancelRetry = clock.after(delayMs, dial);
  };

  /** The same trouble at every try is worth one line, not one each ten seconds. */
  const complain = (trouble: string): void => {
    if (trouble === lastTrouble) return;
    lastTrouble = trouble;
    options.onTrouble(trouble);
    log.warn({ server: options.server.origin }, `${trouble} Trying again, tunnels stay as they are.`);
  };

  const sayFarewell = (reason: Farewell): void => {
    over = true;
    options.onFarewell(reason);
  };

  const receive = (socket: WebSocket, text: string): void => {
    const message = readMessage(text);
    if (message.kind === 'invalid') {
      log.error({ problem: message.problem }, 'The server sent a message that this agent can’t read.');
      socket.close(agentClose.violation, 'unreadable message');
      return;
    }
    if (message.kind === 'unknown') return;
    if (message.value.type === 'welcome') {
      welcomed = true;
      lastTrouble = '';
    }
    options.onMessage(message.value);
  };

  const ended = (code: number, openedAt: number | null): void => {
    if (over) return;
    if (code === agentClose.revoked) return sayFarewell('revoked');
    if (code === agentClose.removed) return sayFarewell('removed');
    if (openedAt !== null && clock.now() - openedAt >= settledMs) attempt = 0;
    if (code === agentClose.replaced) {
      complain('Another agent with this replica’s identity took over: was the state folder copied?');
      dialAgain(replacedDelay(options.random()));
      return;
    }
    if (openedAt !== null) complain(closedText(code));
    dialAgain(reconnectDelay(attempt, options.random()));
    attempt += 1;
  };

  const dial = (): void => {
    const socket = new WebSocket(address, {
      headers: { authorization: `Bearer ${options.token()}` },
      perMessageDeflate: false,
      maxPayload: SERVER_MESSAGE_MAX_BYTES,
      handshakeTimeout: handshakeMs,
    });
    live = socket;
    welcomed = false;
    let openedAt: number | null = null;
    let refused = false;
    let cancelDeath = (): void => undefined;
    const heard = (): void => {
      cancelDeath();
      cancelDeath = clock.after(AGENT_DEAD_MS, () => socket.terminate());
    };
    socket.on('open', () => {
      openedAt = clock.now();
      heard();
      socket.send(JSON.stringify(options.hello()));
    });
    socket.on('ping', heard);
    socket.on('message', (data, isBinary) => {
      heard();
      receive(socket, isBinary || !Buffer.isBuffer(data) ? '' : data.toString('utf8'));
    });
    socket.on('unexpected-response', (_request, response) => {
      refused = true;
      void readRefusal(response).then((refusal) => {
        if (over) return;
        if (refusal.code === 'token_revoked') sayFarewell('revoked');
        else complain(refusal.text);
        socket.terminate();
      });
    });
    socket.on('error', (error) => {
      if (openedAt === null && !refused && !over) complain(unreachableText(error));
    });
    socket.on('close', (code) => {
      cancelDeath();
      if (live === socket) live = null;
      if (openedAt !== null) options.onLost();
      ended(code, openedAt);
    });
  };

  dial();
  return {
    send: (message) => {
      if (welcomed && live?.readyState === WebSocket.OPEN) live.send(JSON.stringify(message));
    },
    close: () => {
      over = true;
      cancelRetry();
      live?.close(1000);
    },
  };
}
