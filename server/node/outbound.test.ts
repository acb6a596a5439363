import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import type { OutboundError } from '../outboundError.ts';
import { createOutbound } from './outbound.ts';
import { selfSigned } from './testing/selfSigned.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback, and the paths that it was asked for. */
async function serve(answer: RequestListener, server: Server = createServer()) {
  const asked: string[] = [];
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on a port.');
  return { port: address.port, asked, url: `http://127.0.0.1:${address.port}` };
}

const json: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/json').end('{"keys":[]}');
};

const open = createOutbound({ allowPrivate: true });
const closed = createOutbound({ allowPrivate: false });

/** How asking ends that has to fail. */
const failure = async (asking: Promise<Response>): Promise<Pick<OutboundError, 'code' | 'message'>> =>
  await asking.then(
    ({ status }) => {
      throw new Error(`It answered with ${status}.`);
    },
    (error: OutboundError) => ({ code: error.code, message: error.message }),
  );

test('an answer comes back as fetch would give it, but for headers that nobody needs', async () => {
  const { url } = await serve((request, response) => {
    response.setHeader('set-cookie', 'a=b').setHeader('content-type', 'text/plain');
    request.pipe(response.writeHead(201));
  });
  const response = await open(`${url}/token`, { method: 'POST', body: 'grant=1' });
  expect([response.status, await response.text()]).toEqual([201, 'grant=1']);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(response.headers.has('set-cookie')).toBe(false);
});

test.each([204, 404, 500])('an answer of %i is the asker’s to judge', async (status) => {
  const { url } = await serve((_, response) => void response.writeHead(status).end());
  expect((await open(url)).status).toBe(status);
});

describe('without the operator’s leave nothing is asked', () => {
  test.each([
    'https://127.0.0.1',
    'https://127.1',
    'https://2130706433',
    'https://10.0.0.1',
    'https://172.16.0.1',
    'https://192.168.1.1',
    'https://100.64.0.1',
    'https://169.254.169.254',
    'https://0.0.0.0',
    'https://224.0.0.1',
    'https://[::1]',
    'https://[::]',
    'https://[fe80::1]',
    'https://[fd00:ec2::254]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[64:ff9b::7f00:1]',
    'https://[2002:7f00:1::]',
  ])('at %s', async (address) => {
    const { port, asked } = await serve(json);
    const problem = await failure(closed(`${address}:${port}/keys`));
    expect(problem.code).toBe('refused');
    expect(problem.message).toContain('leads to a private address. The operator can allow that');
    expect(asked).toEqual([]);
  });

  test('by plain http', async () => {
    expect(await failure(closed('http://issuer.example.com/keys'))).toEqual({
      code: 'refused',
      message: 'http://issuer.example.com must be reached by https.',
    });
  });

  test.each([
    ['localhost', [{ address: '127.0.0.1', family: 4 }]],
    ['a name of the inner network', [{ address: '10.1.2.3', family: 4 }]],
    [
      'a name with one public address and one private',
      [
        { address: '93.184.216.34', family: 4 },
        { address: '10.1.2.3', family: 4 },
      ],
    ],
    ['a link-local address with its zone', [{ address: 'fe80::1%eth0', family: 6 }]],
    ['a name that leads nowhere', []],
  ])('at %s', async (_, found) => {
    const outbound = createOutbound({
      allowPrivate: false,
      resolve: (_host, _options, callback) => callback(null, found),
    });
    const problem = await failure(outbound('https://inner.example.com/keys'));
    expect(problem).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('inner.example.com leads to a private address'),
    });
  });
});

test('what a name leads to is asked once, judged, and connected to: a second answer changes nothing', async () => {
  const { port, asked } = await serve(json);
  const answers = ['203.0.113.1', '127.0.0.1', '127.0.0.1'];
  const given: string[] = [];
  const outbound = createOutbound({
    allowPrivate: false,
    limits: { bytes: 1024, ms: 150 },
    resolve: (_host, _options, callback) => {
      const address = answers.shift() ?? '127.0.0.1';
      given.push(address);
      callback(null, [{ address, family: 4 }]);
    },
  });
  expect((await failure(outbound(`https://rebinding.example.com:${port}/keys`))).code).toBe('unreachable');
  expect(given).toEqual(['203.0.113.1']);
  expect(asked).toEqual([]);
});

test.each([
  '',
  'issuer.example.com',
  'ftp://issuer.example.com',
  'file:///etc/passwd',
  'https://a:b@issuer.example.com',
])('“%s” is no address that can be asked, whatever the operator allows', async (address) => {
  expect((await failure(open(address))).code).toBe('refused');
});

describe('what answers badly', () => {
  test('with a redirect: it isn’t followed', async () => {
    const inner = await serve(json);
    const { url } = await serve((_, response) => {
      response.writeHead(302, { location: `${inner.url}/secret` }).end();
    });
    expect(await failure(open(url))).toEqual({
      code: 'redirect',
      message: `${url} answers with a redirect. Use the address that it leads to.`,
    });
    expect(inner.asked).toEqual([]);
  });

  test('with too much, also when it says less', async () => {
    const { url } = await serve((_, response) => {
      response.write('x'.repeat(200 * 1024));
      response.end('x'.repeat(57 * 1024));
    });
    expect(await failure(open(url))).toEqual({
      code: 'too-large',
      message: `${url} answers with more than 256 KB.`,
    });
  });

  test.each([
    ['never', () => {}],
    [
      'but never to its end',
      (_: unknown, response: { write: (text: string) => unknown }) => void response.write('{'),
    ],
  ])('%s', async (_, answer) => {
    const { url } = await serve(answer);
    const hasty = createOutbound({ allowPrivate: true, limits: { bytes: 1024, ms: 100 } });
    expect(await failure(hasty(url))).toEqual({
      code: 'unreachable',
      message: `${url} can’t be reached: it doesn’t answer in time.`,
    });
  });

  test('when the asker has lost patience', async () => {
    const { url } = await serve(() => {});
    expect((await failure(open(url, { signal: AbortSignal.timeout(50) }))).code).toBe('unreachable');
  });

  test('by refusing the connection', async () => {
    const { url } = await serve(json);
    const [server] = servers.splice(0);
    server?.close();
    expect(await failure(open(url))).toEqual({
      code: 'unreachable',
      message: `${url} can’t be reached: it refuses the connection.`,
    });
  });

  test('by ending it', async () => {
    const { url } = await serve((request) => void request.socket.destroy());
    expect((await failure(open(url))).message).toContain('it ends the connection');
  });

  test('with a certificate that nobody vouches for', async () => {
    const { port } = await serve(json, createTlsServer(selfSigned()));
    expect((await failure(open(`https://127.0.0.1:${port}`))).message).toContain(
      'its certificate isn’t valid here',
    );
  });

  test('from a name that there isn’t', async () => {
    const outbound = createOutbound({
      allowPrivate: false,
      resolve: (_host, _options, callback) =>
        callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []),
    });
    expect((await failure(outbound('https://nowhere.example.com'))).message).toBe(
      'https://nowhere.example.com can’t be reached: its name is not known.',
    );
  });
});
