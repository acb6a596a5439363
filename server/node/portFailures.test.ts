import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { startExampleApp, startTcpApp, unusedPort, type ExampleApp } from './testing/exampleApp.ts';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';
import { selfSigned } from './testing/selfSigned.ts';
import type { StreamAgent } from './testing/streamAgent.ts';
import { answerTo, ask, complete, get } from './testing/viewer.ts';

/** For tests of waiting too long. All others wait as long as it takes. */
const impatient = { firstByteMs: 200, idleMs: 300 };
let host: PortsHost;
const toClose: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  host = await startPortsHost();
});
afterEach(async () => {
  await host.close();
  for (const each of toClose.splice(0)) await each.close();
});

const closing = <Each extends { close(): Promise<void> }>(each: Each): Each => {
  toClose.push(each);
  return each;
};
async function losePatience(): Promise<void> {
  await host.close();
  host = await startPortsHost({ limits: impatient });
}

const failed = (text: string) => ({ status: 502, text });

async function useApp(app: ExampleApp | Promise<ExampleApp>): Promise<ExampleApp> {
  const found = closing(await app);
  host.visit.port = found.port;
  return found;
}

async function useBytes(handle: Parameters<typeof startTcpApp>[0]): Promise<void> {
  host.visit.port = closing(await startTcpApp(handle)).port;
}

describe('replicas', () => {
  let second: StreamAgent;
  beforeEach(async () => {
    second = await host.join('two');
    host.visit.replicas = [host.agent.replicaId, second.replicaId];
  });
  afterEach(() => second.die());

  const refuse = (agent: StreamAgent, code: 'not-listening' | 'too-many' | 'unreachable') => {
    agent.onOpen = (stream) => agent.say({ type: 'stream-refused', stream, code });
  };

  test('are asked in their order, and one that refuses costs the viewer nothing, not even its upload', async () => {
    await useApp(startExampleApp());
    refuse(host.agent, 'not-listening');
    host.visit.stickTo = (replicaId) => `stay=${replicaId}`;
    const answer = await get(host.port, { method: 'POST', path: '/upload' }, 'x'.repeat(500_000));
    expect(JSON.parse(answer.text)).toMatchObject({ size: 500_000 });
    expect(answer.header('set-cookie')).toBe(`stay=${second.replicaId}`);
    expect([host.agent.asked, second.asked]).toEqual([1, 1]);
  });

  test('that are away are passed over', async () => {
    await useApp(startExampleApp());
    host.agent.die();
    await eventually(() => expect(host.deps.hub.connectionOf(host.agent.replicaId)).toBeNull());
    expect((await get(host.port)).text).toBe('saw GET /');
  });

  test('that all refuse are told from those that are away', async () => {
    refuse(host.agent, 'not-listening');
    second.die();
    await eventually(() => expect(host.deps.hub.connectionOf(second.replicaId)).toBeNull());
    expect(await get(host.port)).toMatchObject(failed('not-listening'));
    refuse(host.agent, 'too-many');
    expect(await get(host.port)).toMatchObject({ text: 'too-many' });
    host.agent.die();
    await eventually(() => expect(host.deps.hub.connectionOf(host.agent.replicaId)).toBeNull());
    expect(await get(host.port)).toMatchObject(failed('replica-offline'));
  });

  test('never get a request that another one may have seen', async () => {
    await useBytes((socket) => socket.once('data', () => socket.destroy()));
    expect(await get(host.port, { method: 'POST' }, 'x')).toMatchObject(failed('bad-answer'));
    expect(second.asked).toBe(0);
  });

  test('don’t share connections to their apps', async () => {
    await useApp(startExampleApp());
    await get(host.port);
    host.visit.replicas = [second.replicaId];
    await get(host.port);
    expect([host.agent.asked, second.asked]).toEqual([1, 1]);
  });

  test('that connect anew get connections of their own', async () => {
    await useApp(startExampleApp());
    host.visit.replicas = [host.agent.replicaId];
    await get(host.port);
    expect(host.agent.streams).toBe(1);
    const again = await host.join('one');
    expect(again.replicaId).toBe(host.agent.replicaId);
    await eventually(() => expect(host.agent.streams).toBe(0));
    expect((await get(host.port)).text).toBe('saw GET /');
    expect(again.asked).toBe(1);
    again.die();
  });
});

test('a port on which nothing listens is named as such', async () => {
  host.visit.port = await unusedPort();
  expect(await get(host.port)).toMatchObject(failed('not-listening'));
});

describe('https', () => {
  const certificate = selfSigned();
  beforeEach(() => {
    host.visit.protocol = 'https';
  });

  test('is spoken to the app, whose certificate nobody vouches for, over connections that are kept', async () => {
    const app = await useApp(startExampleApp(undefined, certificate));
    for (const path of ['/a', '/b']) expect((await get(host.port, { path })).text).toBe(`saw GET ${path}`);
    const upload = await get(host.port, { method: 'POST', path: '/upload' }, 'x'.repeat(2_000_000));
    expect(JSON.parse(upload.text)).toMatchObject({ size: 2_000_000 });
    expect(app.connections()).toBe(1);
  });

  test('names no server to the app, and speaks HTTP/1.1 alone', async () => {
    const told = Promise.withResolvers<unknown>();
    const server = createTlsServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
      told.resolve([socket.servername, socket.alpnProtocol]);
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 204 No Content\r\n\r\n');
    });
    const bytes = closing(await startTcpApp((socket) => void server.emit('connection', socket)));
    host.visit.port = bytes.port;
    expect((await get(host.port)).status).toBe(204);
    expect(await told.promise).toEqual([false, 'http/1.1']);
  });

  test.each([
    ['a server of Node', async () => void (await useApp(startExampleApp()))],
    [
      'one that answers everything',
      () => useBytes((socket) => socket.on('data', () => socket.end('HTTP/1.0 400 Bad\r\n\r\n'))),
    ],
    [
      'one that waits for a line',
      () =>
        useBytes((socket) =>
          socket.once('data', (bytes) => {
            if (bytes[0] === 0x16) socket.destroy();
            else socket.end('HTTP/1.0 200 OK\r\n\r\n');
          }),
        ),
    ],
    [
      'one that takes longer than an answer may, once it is asked in its own protocol',
      async () => {
        await losePatience();
        host.visit.protocol = 'https';
        await useBytes((socket) =>
          socket.once('data', (bytes) => {
            if (bytes[0] === 0x16) socket.destroy();
            else setTimeout(() => socket.end('HTTP/1.0 200 OK\r\n\r\n'), 2 * impatient.firstByteMs);
          }),
        );
      },
    ],
  ])('to a port that speaks http is the wrong protocol: %s', async (_name, start) => {
    await start();
    expect(await get(host.port)).toMatchObject(failed('wrong-protocol'));
  });

  test('to a port that speaks neither is a bad answer', async () => {
    await useBytes((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await get(host.port)).toMatchObject(failed('bad-answer'));
  });

  test('isn’t http with http’s mistakes: a port that speaks TLS is found out', async () => {
    host.visit.protocol = 'http';
    await useApp(startExampleApp(undefined, certificate));
    expect(await get(host.port)).toMatchObject(failed('wrong-protocol'));
    expect(await get(host.port, { method: 'POST' }, 'x')).toMatchObject(failed('wrong-protocol'));
  });

  test.each([
    [
      'says so in plain HTTP',
      'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
    ],
    ['sends an alert', '\x15\x03\x01\x00\x02\x02\x46'],
    ['hangs up', ''],
  ])('isn’t http: a TLS server that %s is found out', async (_name, answer) => {
    host.visit.protocol = 'http';
    const tls = closing(await startExampleApp(undefined, certificate));
    await useBytes((socket) =>
      socket.once('data', (bytes) => {
        if (bytes[0] !== 0x16) return void socket.end(answer, 'latin1');
        const server = connect(tls.port, '127.0.0.1');
        server.on('error', () => socket.destroy());
        socket.on('close', () => server.destroy());
        server.write(bytes);
        socket.pipe(server).pipe(socket);
      }),
    );
    expect(await get(host.port)).toMatchObject(failed('wrong-protocol'));
  });

  test('isn’t suspected of an app that refuses requests by itself, nor looked for again', async () => {
    host.visit.protocol = 'http';
    await useApp(
      startExampleApp((_request, response) => void response.writeHead(400).end('name is missing')),
    );
    for (let n = 0; n < 3; n += 1)
      expect(await get(host.port)).toMatchObject({ status: 400, text: 'name is missing' });
    expect(host.agent.asked).toBe(2);
  });
});

describe('an app', () => {
  test('that takes the request and doesn’t answer is given up', async () => {
    await losePatience();
    await useApp(startExampleApp(() => undefined));
    expect(await get(host.port)).toMatchObject(failed('timeout'));
    await eventually(() => expect(host.agent.streams).toBe(0));
  });

  test('that falls silent in the middle of its answer ends it, visibly incomplete', async () => {
    await losePatience();
    await useApp(startExampleApp((_request, response) => void response.write('begun')));
    const request = ask(host.port);
    request.end();
    await expect(answerTo(request).then(complete)).rejects.toThrow('aborted');
  });

  test('that ended a kept connection just as it was used again is asked once more', async () => {
    let connections = 0;
    await useBytes((socket) => {
      connections += 1;
      const last = connections === 2;
      socket.on('data', () => {
        if (socket.bytesWritten > 0) socket.destroy();
        else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${last ? 2 : 1}`);
      });
    });
    expect([(await get(host.port)).text, (await get(host.port)).text]).toEqual(['1', '2']);
  });
});

describe('an agent that dies in the middle of an answer', () => {
  const answers = [
    'Transfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n',
    'Content-Length: 9\r\n\r\nbegun',
    '\r\nbegun',
  ];

  test.each(answers)('leaves no answer that looks complete: %j', async (rest) => {
    await useBytes((socket) => socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\n${rest}`)));
    const request = ask(host.port);
    request.end();
    const answer = await answerTo(request);
    await once(answer, 'data');
    host.agent.die();
    await expect(complete(answer)).rejects.toThrow('aborted');
  });

  test('resets the connection of a viewer to whom its end would mean the answer’s', async () => {
    await useBytes((socket) => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\nbegun')));
    const socket = connect({ port: host.port, host: '127.0.0.1' });
    socket.write(`GET / HTTP/1.0\r\nHost: ${HOST}\r\n\r\n`);
    await once(socket, 'data');
    host.agent.die();
    expect(await once(socket, 'error').then(([error]) => error.code)).toBe('ECONNRESET');
  });

  test('before it began is an offline replica', async () => {
    host = await replaced(host, {});
    await useApp(startExampleApp(() => host.agent.die()));
    expect(await get(host.port)).toMatchObject(failed('replica-offline'));
  });
});

/** The same without the short times. */
async function replaced(old: PortsHost, limits: object): Promise<PortsHost> {
  await old.close();
  return await startPortsHost({ limits });
}

test('a viewer who may not reach the port any more loses the answer that runs', async () => {
  host = await replaced(host, {});
  await useApp(startExampleApp((_request, response) => void response.write('begun')));
  const client = new RawClient(host.port).send(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  await client.until('begun');
  host.endAccess();
  await client.end();
  await eventually(() => expect(host.agent.streams).toBe(0));
  await eventually(() => expect(host.watched()).toBe(0));
});
