import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { startExampleApp, startTcpApp, type ExampleApp } from './testing/exampleApp.ts';
import { HOST, LABEL, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';
import { get } from './testing/viewer.ts';

let host: PortsHost;
let app: ExampleApp;

beforeEach(async () => {
  host = await startPortsHost({ headersMs: 300 });
  app = await startExampleApp();
  host.visit.port = app.port;
});
afterEach(async () => {
  await host.close();
  await app.close();
});

/** Sends it by hand and waits until the server has hung up. */
const send = async (text: string) => await new RawClient(host.port).send(text).end();

describe('a request whose end two servers could see in different places reaches no app', () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
  test.each([
    ['a length and chunks', 'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG'],
    [
      'chunks and a length',
      `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${smuggled}\r\n0\r\n\r\n`,
    ],
    ['two lengths', `Content-Length: 0\r\nContent-Length: 38\r\n\r\n${smuggled}`],
    ['a list of lengths', `Content-Length: 0, 38\r\n\r\n${smuggled}`],
    ['a signed length', `Content-Length: +3\r\n\r\nabc`],
    ['a length in hex', `Content-Length: 0x3\r\n\r\nabc`],
    ['an unknown coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a coding before chunked', 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    [
      'chunked, and identity after it',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n',
    ],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunked in quotes', 'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n'],
    ['a tab in the coding’s name', 'Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n'],
    ['a blank before the colon', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a vertical tab before the coding', 'Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n'],
    ['a folded coding', 'Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n'],
    ['a folded header', 'X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a header behind a bare line feed', 'X-A: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a header behind a bare carriage return', 'X-A: b\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a null in a header', 'X-A: b\0c\r\nContent-Length: 0\r\n\r\n'],
    ['a header without a name', ': b\r\n\r\n'],
    [
      'a chunk whose size overflows',
      'Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff1\r\na\r\n0\r\n\r\n',
    ],
    ['a chunk size that is none', 'Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n'],
    ['chunks that end in bare line feeds', 'Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n'],
    ['a line feed within a chunk’s extension', 'Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\na\r\n0\r\n\r\n'],
  ])('%s', async (_name, rest) => {
    const answers = await send(`POST /first HTTP/1.1\r\nHost: ${HOST}\r\n${rest}`);
    expect(answers).toMatch(/^HTTP\/1\.1 (?:400|501) /);
    expect(answers.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    // A body that breaks off may have begun to go out. It never was a whole request, and nothing came behind it.
    expect(app.seen).toEqual([]);
  });

  test('and one whose chunks break off half-way leaves nothing on the app’s connection', async () => {
    await get(host.port, { path: '/warm' });
    await send(
      `POST /first HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nGET /smuggled`,
    );
    expect((await get(host.port, { path: '/next' })).text).toBe('saw GET /next');
    expect(app.seen.map(({ url }) => url)).toEqual(['/warm', '/next']);
  });

  test('and what follows a refused upgrade is no second request', async () => {
    let arrived = '';
    const refusing = await startTcpApp((socket) =>
      socket.on('data', (bytes) => {
        arrived += bytes.toString('latin1');
        if (arrived.includes('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno');
      }),
    );
    host.visit.port = refusing.port;
    const hidden = `GET /smuggled HTTP/1.1\r\nHost: ${HOST}\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n`;
    const upgrade = `GET /first HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n`;
    const answers = await send(upgrade + hidden);
    await refusing.close();
    expect(answers.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(arrived).toMatch(/^GET \/first /);
    expect(arrived).not.toContain('smuggled');
  });

  test('and HTTP/2 in plain text opens no way around', async () => {
    const client = new RawClient(host.port);
    client.send(`GET /first HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade, HTTP2-Settings\r\n`);
    client.send('Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n');
    await client.until('saw GET /first');
    client.socket.destroy();
    const names = app.seen[0]?.rawHeaders.map((text) => text.toLowerCase());
    expect(names).not.toContain('upgrade');
    expect(names).not.toContain('http2-settings');
  });

  test('and an upgrade with a body is none', async () => {
    const client = new RawClient(host.port);
    client.send(`POST /first HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
    client.send('Content-Length: 3\r\n\r\nabc');
    await client.until('saw POST /first');
    client.socket.destroy();
    expect(app.seen[0]).toMatchObject({ body: 'abc' });
    expect(app.seen[0]?.rawHeaders).not.toContain('websocket');
  });
});

describe('a request that names its host in a doubtful way reaches no app', () => {
  test.each([
    ['two hosts', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nHost: other.localhost\r\n\r\n`],
    ['two hosts, the dashboard’s first', `GET / HTTP/1.1\r\nHost: localhost:8080\r\nHost: ${HOST}\r\n\r\n`],
    ['the same host twice', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nhost: ${HOST}\r\n\r\n`],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a whole address', `GET http://${HOST}/ HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['an address of another host', `GET http://localhost:8080/ HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['CONNECT', `CONNECT ${HOST} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['CONNECT to elsewhere', `CONNECT 10.250.0.1:22 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['a target that is no path', `GET x HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['GET of *', `GET * HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['a fragment', `GET /#/../x HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['a null in the target', `GET /\0 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['a carriage return in the target', `GET /\rX HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
  ])('%s', async (_name, text) => {
    const client = new RawClient(host.port).send(text);
    expect(await client.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    client.socket.destroy();
    expect(app.seen).toEqual([]);
    expect(host.seen).toEqual([]);
  });

  test.each([
    `x.${HOST}`,
    'app.localhost:8080',
    `${LABEL}@evil.localhost`,
    `${LABEL}.localhost,evil`,
    `${LABEL}.localhost%00`,
  ])('%s', async (name) => {
    expect(await get(host.port, { headers: { host: name } })).toMatchObject({ text: 'no such port' });
    expect(app.seen).toEqual([]);
  });

  test('and the whole address of a port says nothing over the dashboard’s host', async () => {
    const client = new RawClient(host.port).send(
      `GET http://${HOST}/ HTTP/1.1\r\nHost: localhost:8080\r\n\r\n`,
    );
    await client.until('the dashboard');
    client.socket.destroy();
    expect(app.seen).toEqual([]);
  });
});

describe('nobody can hold the server up with', () => {
  test('a port that leads back to the server itself', async () => {
    host.visit.port = host.port;
    const answer = await get(host.port, { path: '/' });
    expect([answer.status, host.seen.length]).toEqual([508, 1]);
  });

  test('but an app may pass on to another port what it got', async () => {
    const headers = { 'culvert-forwarded-by': 'test other.localhost:8080' };
    expect((await get(host.port, { path: '/', headers })).status).toBe(200);
  });

  test('a head that is larger than 16 KiB', async () => {
    expect(await send(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`)).toMatch(
      / 431 /,
    );
    expect(await send(`GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)).toMatch(/ 431 /);
    expect(app.seen).toEqual([]);
  });

  test('a head that never ends', async () => {
    const client = new RawClient(host.port).send(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n`);
    const trickle = setInterval(() => client.send('X-A: b\r\n'), 20);
    expect(await client.end()).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(trickle);
  });

  test('a connection that says nothing', async () => {
    expect(await send('')).toMatch(/^(?:HTTP\/1\.1 408 [^]*)?$/);
  });

  test('a body for the API that never ends', async () => {
    const client = new RawClient(host.port).send('POST /api/v1/session HTTP/1.1\r\nHost: localhost:8080\r\n');
    client.send(
      'Content-Length: 100000\r\nContent-Type: application/json\r\nOrigin: http://localhost:8080\r\n\r\n',
    );
    const trickle = setInterval(() => client.send(' '), 20);
    await client.end();
    clearInterval(trickle);
  });
});

describe('an app can’t', () => {
  const answering = async (text: string) => {
    const bad = await startTcpApp((socket) => socket.once('data', () => socket.end(text, 'latin1')));
    host.visit.port = bad.port;
    const answer = await get(host.port);
    await bad.close();
    return answer;
  };

  test.each([
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    ['a line feed in a header', 'HTTP/1.1 200 OK\r\nX-A: b\nSet-Cookie: c\r\n\r\n'],
    ['a bare carriage return', 'HTTP/1.1 200 OK\r\nX-A: b\rSet-Cookie: c\r\n\r\n'],
    ['a control character in the reason', 'HTTP/1.1 200 a\x01b\r\n\r\n'],
    ['a status that is none', 'HTTP/1.1 099 Odd\r\n\r\n'],
    ['what isn’t HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a head of 70 KB', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(70_000)}\r\n\r\n`],
    ['a switch of protocols that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ])('answer with %s', async (_name, text) => {
    expect(await answering(text)).toMatchObject({ status: 502, text: 'bad-answer' });
  });

  test('answer the next request before it was sent', async () => {
    let requests = 0;
    let sayMore = () => {};
    const bad = await startTcpApp((socket) => {
      sayMore = () => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
      socket.on('data', () => {
        requests += 1;
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nno${requests}`);
      });
    });
    host.visit.port = bad.port;
    const one = await get(host.port);
    sayMore();
    await eventually(() => expect(host.agent.streams).toBe(0));
    const two = await get(host.port);
    await bad.close();
    expect([one.text, two.text]).toEqual(['no1', 'no2']);
  });
});
