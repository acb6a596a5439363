import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { REPORTED_PORTS_MAX } from '../../contract/agentConnection.ts';
import { createListeningPorts, onePerPort } from './listeningPorts.ts';

const servers: Server[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

async function listen(host: string, port = 0, ipv6Only = false): Promise<number> {
  const server = createServer().listen({ host, port, ipv6Only });
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : expect.fail('no port');
}

/** Sees this very process, too, in which the tests listen. */
const everything = () => createListeningPorts({ ownPid: 0 });
const at = async (port: number, ports = everything()) =>
  (await ports.look()).find((entry) => entry.port === port);

const ownAddress =
  Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address ?? '127.0.0.2';

describe('a real socket is seen', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    [ownAddress, ownAddress],
  ])('listening on %s', async (host, address) => {
    const port = await listen(host);
    expect(await at(port)).toEqual({ port, address, process: 'node' });
  });

  test('only as long as it listens', async () => {
    const ports = everything();
    const port = await listen('127.0.0.1');
    expect(await at(port, ports)).toBeDefined();
    servers.pop()?.close();
    expect(await at(port, ports)).toBeUndefined();
  });

  test('with its process, whichever that is', async () => {
    const listening = `process.title = 'my-server';
      const server = require('net').createServer();
      server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
    const child = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    expect(await at(Number(line))).toMatchObject({ process: 'my-server' });
  });

  test('and left out where the agent listens itself', async () => {
    const port = await listen('127.0.0.1');
    expect(await at(port, createListeningPorts())).toBeUndefined();
  });

  test('and left out where it is the way to the server', async () => {
    const port = await listen('127.0.0.1');
    const serverPort = createListeningPorts({ ownPid: 0, serverPort: port });
    expect(await at(port, serverPort)).toBeUndefined();
  });
});

test('a system without procfs has none', async () => {
  expect(await createListeningPorts({ proc: '/none/such' }).look()).toEqual([]);
});

describe('several sockets on one port are one row', () => {
  const addresses = (...all: string[]) => all.map((address) => ({ port: 80, address, inode: address }));
  test.each([
    [['192.0.2.2', '127.0.0.1'], '127.0.0.1'],
    [['127.0.0.1', '192.0.2.2'], '127.0.0.1'],
    [['::1', '127.0.0.1'], '127.0.0.1'],
    [['::', '0.0.0.0'], '0.0.0.0'],
    [['127.0.0.1', '::'], '::'],
    [['fd00::2', '::1'], '::1'],
    [['192.0.2.2', '127.0.0.53'], '127.0.0.53'],
    [['192.0.2.2', 'fd00::2'], '192.0.2.2'],
  ])('%j: %s', (all, best) => {
    expect(onePerPort(addresses(...all)).map(({ address }) => address)).toEqual([best]);
  });

  test('on 127.0.0.1 and ::1, really', async () => {
    const port = await listen('127.0.0.1');
    await listen('::1', port);
    const rows = (await everything().look()).filter((entry) => entry.port === port);
    expect(rows).toEqual([{ port, address: '127.0.0.1', process: 'node' }]);
  });
});

test('the rows are sorted by number, and the highest go when there are too many', () => {
  const many = Array.from({ length: REPORTED_PORTS_MAX + 5 }, (_, at) => ({
    port: 10_000 - at,
    address: '0.0.0.0',
    inode: String(at),
  }));
  const rows = onePerPort(many);
  expect(rows).toHaveLength(REPORTED_PORTS_MAX);
  expect(rows.map(({ port }) => port)).toEqual(rows.map(({ port }) => port).toSorted((a, b) => a - b));
  expect(rows[0]?.port).toBe(10_000 - REPORTED_PORTS_MAX - 4);
});
