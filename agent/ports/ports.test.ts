import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FromAgent } from '../../contract/agentProtocol.ts';
import { createLog } from '../log.ts';
import { startFakeServer } from '../testing/fakeServer.ts';
import type { FakeServer } from '../testing/fakeServer.ts';
import { createManualClock } from '../testing/manualClock.ts';
import type { ManualClock } from '../testing/manualClock.ts';
import { createPorts } from './ports.ts';
import type { Ports } from './ports.ts';

let folder: string;
let server: FakeServer;
let clock: ManualClock;
let ports: Ports;
let sent: FromAgent[];
let apps: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-ports-'));
  server = await startFakeServer();
  clock = createManualClock();
  [sent, apps] = [[], []];
  ports = createPorts({
    folder,
    server: server.url,
    token: () => 'culv_join_x',
    send: (message) => sent.push(message),
    log: createLog(() => undefined),
    clock,
    // The tests listen themselves, so this process must count.
    ownPid: 0,
  });
  await looked();
});
afterEach(async () => {
  ports.close();
  for (const app of apps) app.close();
  await server.kill();
  await rm(folder, { recursive: true });
});

/** Both looks, at the ports and at the folder, are done: each sets up its next. */
async function looked(): Promise<number[]> {
  return [await clock.nextDelay(), await clock.nextDelay()];
}

async function listen(): Promise<number> {
  const app = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  apps.push(app);
  await once(app, 'listening');
  const address = app.address();
  return typeof address === 'object' && address ? address.port : expect.fail('no port');
}

const lists = (port: number) => (message: FromAgent) =>
  message.type === 'ports' && message.ports.some((entry) => entry.port === port);
const declared = () => sent.filter(({ type }) => type === 'declared-ports');

test('a port is reported at the next look, and so is its end: both within a second', async () => {
  const port = await listen();
  clock.advance(750);
  await looked();
  expect(sent.at(-1)).toSatisfy(lists(port));
  apps.pop()?.close();
  clock.advance(750);
  expect(await looked()).toEqual([750, 750]);
  expect(sent.findLast(({ type }) => type === 'ports')).not.toSatisfy(lists(port));
});

test('what is declared is reported when it changes, and only then', async () => {
  expect(declared()).toEqual([{ type: 'declared-ports', ports: [], otherPorts: null, problem: null }]);
  clock.advance(750);
  await looked();
  expect(declared()).toHaveLength(1);
  await writeFile(join(folder, '.devcontainer.json'), '{"forwardPorts": [3000]}');
  clock.advance(750);
  await looked();
  expect(declared()).toHaveLength(2);
  expect(declared()[1]).toMatchObject({ ports: [{ port: 3000, forward: true }] });
});

test('after a welcome everything is said again', async () => {
  sent.splice(0);
  ports.sayAll();
  expect(sent.map(({ type }) => type).toSorted()).toEqual(['declared-ports', 'ports']);
});

test('a port that began to listen since the last look can be connected to', async () => {
  const port = await listen();
  ports.open({ type: 'open', stream: 'x', port });
  const { bytes } = await server.stream();
  bytes.write('hello');
  expect(String((await once(bytes, 'data'))[0])).toBe('hello');
});

test('without the control connection there are no streams', async () => {
  ports.open({ type: 'open', stream: 'x', port: await listen() });
  const { ended } = await server.stream();
  ports.disconnected();
  expect(await ended).toBe(1006);
});
