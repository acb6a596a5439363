import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startExampleApp, startTcpApp, type ExampleApp } from './testing/exampleApp.ts';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';
import { answerTo, ask, complete, get } from './testing/viewer.ts';

let host: PortsHost;
let app: ExampleApp;
let handle: RequestListener;

beforeEach(async () => {
  host = await startPortsHost();
  app = await startExampleApp((request, response) => handle(request, response));
  host.visit.port = app.port;
  handle = (_request, response) => response.end('hello');
});
afterEach(async () => {
  await host.close();
  await app.close();
});

const nextBytes = async (answer: IncomingMessage) => String((await once(answer, 'data'))[0]);

describe('a request', () => {
  test('reaches the app as it was sent, and the answer the viewer as the app gave it', async () => {
    const sent = Promise.withResolvers<{ line: string; headers: string[] }>();
    handle = (request, response) => {
      sent.resolve({ line: `${request.method} ${request.url}`, headers: request.rawHeaders });
      response.sendDate = false;
      response.writeHead(207, 'Quite A Lot', [
        'Set-Cookie',
        'a=1',
        'X-A',
        '1',
        'x-a',
        '2',
        'Set-Cookie',
        'b=2',
      ]);
      response.end('body');
    };
    const headers = ['Host', HOST, 'X-B', 'ä', 'x-b', '2', 'Authorization', 'Basic x', 'Cookie', 'c=1'];
    const answer = await get(host.port, { method: 'PROPFIND', path: '//a/%2e%2E/b;c?d=%zz&&', headers });
    const { line, headers: arrived } = await sent.promise;
    expect(line).toBe('PROPFIND //a/%2e%2E/b;c?d=%zz&&');
    expect(arrived.slice(0, headers.length)).toEqual(headers);
    expect(answer).toMatchObject({ status: 207, message: 'Quite A Lot', text: 'body' });
    const own = ['Set-Cookie', 'a=1', 'X-A', '1', 'x-a', '2', 'Set-Cookie', 'b=2'];
    const ofTheConnection = [
      'Connection',
      'keep-alive',
      'Keep-Alive',
      'timeout=65',
      'Transfer-Encoding',
      'chunked',
    ];
    expect(answer.rawHeaders).toEqual([...own, ...ofTheConnection]);
  });

  test('goes to the gateway first, with what it decides by', async () => {
    await get(host.port, { path: '/p?q', headers: { cookie: 'a=1', 'x-forwarded-for': '203.0.113.9' } });
    expect(host.seen[0]).toMatchObject({
      label: 'k3v9q2xa7m',
      method: 'GET',
      target: '/p?q',
      upgrade: false,
    });
    expect(host.seen[0]?.headers.get('cookie')).toBe('a=1');
    expect(host.seen[0]?.remoteAddress).toBe('203.0.113.9');
  });

  test('that the gateway answers by itself never reaches the app, and its form can be read', async () => {
    host.gateway.admit = async (request) => ({
      kind: 'answer',
      response: new Response(`read ${await request.text(4)}`, {
        status: 401,
        headers: { 'set-cookie': 'a=1' },
      }),
    });
    const form = { method: 'POST', path: '/.culvert/continue' };
    expect(await get(host.port, form, 'abcd')).toMatchObject({ status: 401, text: 'read abcd' });
    const large = await get(host.port, form, 'x'.repeat(3_000_000));
    expect(large).toMatchObject({ status: 401, text: 'read null' });
    expect(large.header('set-cookie')).toBe('a=1');
    expect(host.agent.asked).toBe(0);
  });

  test('with 40 MiB is carried whole', async () => {
    const parts = Array.from({ length: 40 }, () => randomBytes(1024 * 1024));
    const sum = createHash('sha256');
    for (const part of parts) sum.update(part);
    const request = ask(host.port, { method: 'PUT', path: '/upload' });
    const [answer] = await Promise.all([answerTo(request), pipeline(Readable.from(parts), request)]);
    expect(JSON.parse((await complete(answer)).text)).toEqual({
      size: 40 * 2 ** 20,
      sha256: sum.digest('hex'),
    });
  });

  test('with a length and without one arrives with the framing it had, trailers too', async () => {
    await get(host.port, { method: 'POST', path: '/seen' }, 'abc');
    const chunked = ask(host.port, {
      method: 'DELETE',
      path: '/seen',
      headers: { 'transfer-encoding': 'chunked' },
    });
    chunked.write('ab');
    chunked.addTrailers({ 'X-Sum': '7' });
    chunked.end('c');
    await complete(await answerTo(chunked));
    const bare = new RawClient(host.port).send(`PURGE /seen HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    await bare.until('saw PURGE');
    bare.socket.destroy();
    const [plain, inChunks, empty] = app.seen;
    expect(plain?.rawHeaders.join(' ')).toMatch(/content-length 3/i);
    expect(inChunks).toMatchObject({ body: 'abc', trailers: ['X-Sum', '7'] });
    expect(inChunks?.rawHeaders.join(' ')).toMatch(/transfer-encoding chunked/i);
    expect(empty).toMatchObject({ method: 'PURGE', body: '' });
    expect(empty?.rawHeaders.join(' ')).not.toMatch(/chunked/i);
  });

  test('that asks before it sends a body is told by the app itself', async () => {
    app.server.on('checkContinue', (request, response) => {
      if (request.headers['x-refuse'] !== undefined) return void response.writeHead(413).end('too large');
      response.writeContinue();
      request.pipe(response);
    });
    const asking = (headers: Record<string, string>) =>
      ask(host.port, {
        method: 'POST',
        headers: { expect: '100-continue', 'content-length': 3, ...headers },
      });
    const welcome = asking({});
    await once(welcome, 'continue');
    welcome.end('abc');
    expect((await complete(await answerTo(welcome))).text).toBe('abc');
    const refused = asking({ 'x-refuse': '1' });
    refused.on('continue', () => refused.destroy(new Error('It was told to go on.')));
    refused.flushHeaders();
    expect((await answerTo(refused)).statusCode).toBe(413);
    refused.on('error', () => undefined);
    refused.destroy();
  });
});

describe('an answer', () => {
  test('comes as the app sends it: its head before any body, each event when it happens', async () => {
    const sending = Promise.withResolvers<(text: string) => void>();
    handle = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      sending.resolve((text) => void response.write(text));
    };
    const request = ask(host.port);
    request.end();
    const answer = await answerTo(request);
    const send = await sending.promise;
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      send(event);
      expect(await nextBytes(answer)).toBe(event);
    }
    request.destroy();
  });

  test('to both at once: what is sent comes back while more is sent', async () => {
    handle = (incoming, response) => void incoming.pipe(response);
    const request = ask(host.port, { method: 'POST' });
    request.write('one');
    const answer = await answerTo(request);
    expect(await nextBytes(answer)).toBe('one');
    request.write('two');
    expect(await nextBytes(answer)).toBe('two');
    request.end();
    await complete(answer);
  });

  test('keeps its trailers', async () => {
    handle = (_request, response) => {
      response.writeHead(200, { trailer: 'X-Sum' }).write('abc');
      response.addTrailers({ 'X-Sum': '7' });
      response.end();
    };
    const answer = await get(host.port, { headers: { te: 'trailers' } });
    expect(answer.rawTrailers).toEqual(['X-Sum', '7']);
    expect(answer.header('trailer')).toBe('X-Sum');
    const old = new RawClient(host.port).send(`GET / HTTP/1.0\r\nHost: ${HOST}\r\n\r\n`);
    expect(await old.end()).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:(?!chunked)[^])*\r\n\r\nabc$/);
  });

  test('to HEAD may speak of trailers that don’t come', async () => {
    const head = await startTcpApp((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n');
    });
    host.visit.port = head.port;
    expect(await get(host.port, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    await head.close();
  });

  test.each([
    ['HEAD', 200, { 'content-length': '5' }],
    ['GET', 304, { etag: '"1"' }],
    ['GET', 204, {}],
  ])('to %s with %i has no body, and its headers', async (method, status, headers) => {
    handle = (_request, response) => void response.writeHead(status, headers).end();
    const answer = await get(host.port, { method });
    expect(answer).toMatchObject({ status, text: '' });
    expect(Object.keys(headers).map((name) => answer.header(name))).toEqual(Object.values(headers));
    expect(answer.header('transfer-encoding')).toBeUndefined();
  });

  test('of a part is passed on as a part', async () => {
    handle = (request, response) => {
      expect(request.headers.range).toBe('bytes=2-4');
      response.writeHead(206, { 'content-range': 'bytes 2-4/10', 'content-length': 3 }).end('cde');
    };
    const answer = await get(host.port, { headers: { range: 'bytes=2-4' } });
    expect(answer).toMatchObject({ status: 206, text: 'cde' });
    expect(answer.header('content-range')).toBe('bytes 2-4/10');
  });

  test('can be announced by early hints', async () => {
    handle = (_request, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.end('page');
    };
    const request = ask(host.port);
    const hints = once(request, 'information');
    request.end();
    const [answer, [hint]] = await Promise.all([answerTo(request).then(complete), hints]);
    expect(hint).toMatchObject({ statusCode: 103, headers: { link: '</a.css>; rel=preload' } });
    expect(answer.text).toBe('page');
  });

  test('before the request was sent to its end leaves the connection usable', async () => {
    handle = (_request, response) => void response.writeHead(413, { connection: 'close' }).end('too large');
    const client = new RawClient(host.port);
    client.send(`POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 6\r\n\r\nabc`);
    expect(await client.until('too large')).toMatch(/^HTTP\/1\.1 413 /);
    handle = (_request, response) => response.end('the next one');
    client.send(`defGET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    await client.until('the next one');
    client.socket.destroy();
  });

  test('carries the cookie that has the viewer stay', async () => {
    host.visit.stickTo = (replicaId) => `stay=${replicaId}`;
    expect((await get(host.port)).header('set-cookie')).toBe(`stay=${host.agent.replicaId}`);
  });
});

test('a viewer that hangs up after each request costs no new connection to the app', async () => {
  for (let n = 0; n < 5; n += 1) {
    const { text, header } = await get(host.port, { headers: { connection: 'close' }, agent: false });
    expect([text, header('connection')]).toEqual(['hello', 'close']);
  }
  expect(host.agent.asked).toBe(1);
  expect(app.connections()).toBe(1);
});

test('an app that hangs up after each answer doesn’t end the viewer’s connection', async () => {
  handle = (_request, response) => void response.writeHead(200, { connection: 'close' }).end('bye');
  const client = new RawClient(host.port);
  for (let n = 1; n <= 3; n += 1) {
    client.send(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    await client.until('bye'.padEnd(3));
    client.received = '';
  }
  expect(app.connections()).toBe(3);
  client.socket.destroy();
});
