import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  AGENT_DEAD_MS,
  AGENT_PING_MS,
  agentClose,
  SERVER_MESSAGE_MAX_BYTES,
} from '../contract/agentProtocol.ts';
import type { DesiredVpn, FromAgent, ToAgent } from '../contract/agentProtocol.ts';
import { SUBNETS_MAX } from '../contract/peerSubnets.ts';
import { PSK_MAX_BYTES } from '../contract/preSharedKey.ts';
import { PROPOSALS_MAX } from '../contract/vpns.ts';
import { WORKSPACE_VPNS_MAX } from '../contract/workspaces.ts';
import { createConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { createLog } from './log.ts';
import { exampleVpn } from './testing/exampleVpn.ts';
import { capable } from './testing/fakeIpsec.ts';
import { startFakeServer, welcome } from './testing/fakeServer.ts';
import type { Dialled, FakeServer } from './testing/fakeServer.ts';
import { createManualClock } from './testing/manualClock.ts';
import type { ManualClock } from './testing/manualClock.ts';
import { createQueue } from './testing/queue.ts';
import type { Queue } from './testing/queue.ts';

const hello: FromAgent = {
  type: 'hello',
  protocol: 1,
  replica: { key: 'k'.repeat(32), secret: 's'.repeat(64) },
  boot: 'boot-1',
  hostname: 'builder',
  platform: 'linux-x64',
  agentVersion: '0.1.0',
  ipsec: capable,
};

let server: FakeServer;
let clock: ManualClock;
let connection: Connection;
let received: Queue<ToAgent>;
let troubles: string[];

beforeEach(async () => {
  server = await startFakeServer();
  clock = createManualClock();
  received = createQueue();
  troubles = [];
  connection = createConnection({
    server: server.url,
    token: () => 'culv_join_x',
    hello: () => hello,
    onMessage: received.put,
    onLost: () => undefined,
    onTrouble: (sentence) => troubles.push(sentence),
    onFarewell: () => undefined,
    log: createLog(() => undefined),
    clock,
    random: () => 0.5,
  });
});
afterEach(async () => {
  connection.close();
  await server.kill();
});

/** The next delay that isn't the watch over a silent server. */
async function nextRetry(): Promise<number> {
  for (;;) {
    const delay = await clock.nextDelay();
    if (delay !== AGENT_DEAD_MS) return delay;
  }
}

async function welcomed(): Promise<Dialled> {
  const dialled = await server.dialled();
  expect(await dialled.next()).toEqual(hello);
  dialled.send(welcome);
  expect(await received.next()).toEqual(welcome);
  return dialled;
}

test('takes what is wanted of the most VPNs that a workspace has, with the longest settings', async () => {
  const dialled = await welcomed();
  const proposals = Array.from({ length: PROPOSALS_MAX }, (_, at) => `${at}`.padEnd(1200, '-aes256'));
  const peerSubnets = Array.from(
    { length: SUBNETS_MAX },
    (_, at) => `fd00:1111:2222:3333:4444:5555:6666:${at}/128`,
  );
  const example = exampleVpn();
  const longest: DesiredVpn = {
    ...example,
    ike: { ...example.ike, proposals },
    esp: { ...example.esp, proposals },
    preSharedKey: '\\'.repeat(PSK_MAX_BYTES),
    peerSubnets,
  };
  const desired: ToAgent = {
    type: 'desired',
    vpns: Array.from({ length: WORKSPACE_VPNS_MAX }, () => longest),
  };
  dialled.send(desired);
  expect(await received.next()).toEqual(desired);
});

describe('dialling again', () => {
  test('waits longer each time while nobody answers', async () => {
    (await welcomed()).socket.terminate();
    await server.kill();
    for (const delay of [500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      expect(await nextRetry()).toBe(delay);
      clock.advance(delay);
    }
    expect(troubles).toEqual([
      'The connection to the server was lost.',
      expect.stringMatching(/^The server can’t be reached: .*ECONNREFUSED/),
    ]);
  });

  test('starts with the short waits again after a connection that lived', async () => {
    for (const delay of [500, 1_000]) {
      (await welcomed()).socket.terminate();
      expect(await nextRetry()).toBe(delay);
      clock.advance(delay);
    }
    const dialled = await welcomed();
    clock.advance(AGENT_PING_MS);
    dialled.socket.terminate();
    expect(await nextRetry()).toBe(500);
  });

  test('stays away for long after another agent took over', async () => {
    (await welcomed()).socket.close(agentClose.replaced);
    expect(await nextRetry()).toBe(45_000);
    expect(troubles).toEqual([expect.stringContaining('took over')]);
  });

  test('is quick after the server said that it restarts', async () => {
    (await welcomed()).socket.close(agentClose.restart);
    expect(await nextRetry()).toBe(500);
    expect(troubles).toEqual(['The server restarts.']);
  });
});

describe('a silent server', () => {
  test('is given up after 25 seconds', async () => {
    const dialled = await welcomed();
    clock.advance(AGENT_DEAD_MS);
    expect(await dialled.ended).toBe(1006);
    expect(await nextRetry()).toBe(500);
  });

  test('is not, as long as it pings', async () => {
    const dialled = await welcomed();
    for (let round = 0; round < 5; round += 1) {
      clock.advance(AGENT_PING_MS);
      const answered = once(dialled.socket, 'pong');
      dialled.socket.ping();
      await answered;
    }
    connection.send({ type: 'token-stored', tokenId: 'tok_1' });
    expect(await dialled.next()).toEqual({ type: 'token-stored', tokenId: 'tok_1' });
  });
});

describe('messages', () => {
  test('before the welcome nothing but the hello is sent', async () => {
    const dialled = await server.dialled();
    expect(await dialled.next()).toEqual(hello);
    connection.send({ type: 'token-stored', tokenId: 'early' });
    dialled.send(welcome);
    await received.next();
    connection.send({ type: 'token-stored', tokenId: 'late' });
    expect(await dialled.next()).toEqual({ type: 'token-stored', tokenId: 'late' });
  });

  test.each(['{"type":"desired","vpns":[{}]}', 'not JSON'])(
    '%s ends the connection as a violation',
    async (text) => {
      const dialled = await welcomed();
      dialled.socket.send(text);
      expect(await dialled.ended).toBe(agentClose.violation);
    },
  );

  test('binary messages and messages over 4 MB are refused', async () => {
    const first = await welcomed();
    first.socket.send(Buffer.from(JSON.stringify(welcome)));
    expect(await first.ended).toBe(agentClose.violation);
    clock.advance(await nextRetry());
    const second = await welcomed();
    second.socket.send(`{"type":"desired","vpns":[],"x":"${'x'.repeat(SERVER_MESSAGE_MAX_BYTES)}"}`);
    expect(await second.ended).toBe(1009);
  });

  test('a newer server’s message is passed over', async () => {
    const dialled = await welcomed();
    dialled.socket.send('{"type":"ports"}');
    dialled.send({ type: 'retry', vpnId: 'vpn_1' });
    expect(await received.next()).toEqual({ type: 'retry', vpnId: 'vpn_1' });
  });
});

test('a closed connection stays closed', async () => {
  const dialled = await welcomed();
  connection.close();
  expect(await dialled.ended).toBe(1000);
  expect(troubles).toEqual([]);
});
