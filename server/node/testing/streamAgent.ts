import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { AGENT_PROTOCOL, STREAM_PATH, ToAgent, type FromAgent } from '../../../contract/agentProtocol.ts';
import { capable } from '../../agents/fakeAgent.ts';

/** An agent’s end of the streams, for tests: connects to loopback ports when it is asked to, and dials back. */
export class StreamAgent {
  readonly #url: string;
  readonly #token: string;
  readonly #control: WebSocket;
  readonly #streams = new Set<WebSocket>();
  /** How many streams it was asked for. */
  asked = 0;
  /** What it does when asked; a test replaces it to misbehave. */
  onOpen: (stream: string, port: number) => void = (stream, port) => this.serve(stream, port);
  replicaId = '';

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
    this.#control = this.dial('/agent/v1/connect');
  }

  /** Connects and says hello; resolves once it was welcomed. */
  static async join(url: string, token: string, name = 'one'): Promise<StreamAgent> {
    const agent = new StreamAgent(url, token);
    const welcomed = new Promise<void>((resolve) => {
      agent.#control.on('message', (data) => {
        const message = ToAgent.parse(JSON.parse(String(data)));
        if (message.type === 'welcome') {
          agent.replicaId = message.replica.id;
          resolve();
        } else if (message.type === 'open') {
          agent.asked += 1;
          agent.onOpen(message.stream, message.port);
        }
      });
    });
    await once(agent.#control, 'open');
    agent.say({
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      replica: { key: `key-of-${name}`.padEnd(20, '-'), secret: `secret-of-${name}`.padEnd(40, '-') },
      boot: 'boot-1',
      hostname: 'host-1',
      platform: 'linux-x64',
      agentVersion: '0.1.0',
      ipsec: capable,
    });
    await welcomed;
    return agent;
  }

  dial(path: string, token = this.#token): WebSocket {
    const webSocket = new WebSocket(this.#url + path, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    });
    webSocket.on('error', () => undefined);
    return webSocket;
  }

  say(message: FromAgent): void {
    this.#control.send(JSON.stringify(message));
  }

  serve(stream: string, port: number): void {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.once('error', () => {
      if (socket.connecting || socket.bytesRead === 0)
        this.say({ type: 'stream-refused', stream, code: 'not-listening' });
    });
    socket.once('connect', () => {
      const webSocket = this.dial(STREAM_PATH + stream);
      this.#streams.add(webSocket);
      webSocket.once('open', () => {
        socket.on('data', (bytes) => {
          webSocket.send(bytes, () => socket.resume());
          socket.pause();
        });
        socket.on('end', () => webSocket.close(1000));
        socket.on('error', () => webSocket.terminate());
      });
      webSocket.on('message', (bytes: Buffer) => {
        if (!socket.write(bytes)) webSocket.pause();
      });
      socket.on('drain', () => webSocket.resume());
      webSocket.on('close', (code) => {
        this.#streams.delete(webSocket);
        if (code === 1000) socket.end();
        else socket.resetAndDestroy();
      });
    });
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** Resolves once the server has handled what was said before. */
  async settled(): Promise<void> {
    this.#control.ping();
    await once(this.#control, 'pong');
  }

  /** Its streams break off. */
  cutStreams(): void {
    for (const webSocket of this.#streams) webSocket.terminate();
  }

  /** Its connection breaks off; its streams stay. */
  hangUp(): void {
    this.#control.terminate();
  }

  /** Says nothing any more, and hangs up without a word: the machine is gone. */
  die(): void {
    this.cutStreams();
    this.hangUp();
  }
}
