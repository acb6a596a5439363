import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { portLimits } from './portLimits.ts';

/** What answers doesn’t do TLS, or not with us. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  /** It refused in TLS: it speaks it, but wants something that we don’t bring, such as a client certificate. */
  readonly refusedInTls: boolean;

  constructor(cause: unknown) {
    super('There is no TLS connection to the port.', { cause });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    // OpenSSL’s names for alerts that were received.
    this.refusedInTls = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_/.test(code);
  }
}

/**
 * TLS towards a replica, as to https://127.0.0.1: no name is sent for the server to choose a certificate by, and none is
 * checked, since nothing but the replica can be at the other end. HTTP/1.1 alone is offered. Rejects with TlsError.
 */
export async function tlsOver(stream: Duplex, ms: number = portLimits.tlsMs): Promise<TLSSocket> {
  const socket = connect({ socket: stream, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
  // Whoever uses it hears of errors too; without this they would end the process while nobody does.
  socket.on('error', () => undefined);
  // TLS over anything but a TCP socket isn’t told of its errors.
  stream.once('close', () => {
    if (stream.errored) socket.destroy(stream.errored);
  });
  socket.once('close', () => stream.destroy());
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), ms);
  try {
    const ended = once(socket, 'close', { signal: waiting.signal }).then(() => {
      throw new Error('It hung up.');
    });
    await Promise.race([once(socket, 'secureConnect', { signal: waiting.signal }), ended]);
    return socket;
  } catch (error) {
    socket.destroy();
    throw new TlsError(error);
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}

/** Whether TLS is spoken here. */
export async function speaksTls(open: () => Promise<Duplex>): Promise<boolean> {
  try {
    const socket = await tlsOver(await open(), portLimits.probeMs);
    socket.destroy();
    return true;
  } catch (error) {
    return error instanceof TlsError && error.refusedInTls;
  }
}

/** Whether plain HTTP is spoken here. Asks for as little as there is: the head of the first page. */
export async function speaksHttp(open: () => Promise<Duplex>): Promise<boolean> {
  let stream: Duplex;
  try {
    stream = await open();
  } catch {
    return false;
  }
  stream.on('error', () => undefined);
  const timer = setTimeout(() => stream.destroy(), portLimits.probeMs);
  stream.write('HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  try {
    for await (const bytes of stream) return String(bytes).startsWith('HTTP/1.');
    return false;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}
