import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../server/node/testing/eventually.ts';
import { issueToken } from '../../server/session/tokens.ts';
import { startTcpApp, unusedPort, type Listening } from '../../server/node/testing/exampleApp.ts';
import { startPortsHost, type PortsHost } from '../../server/node/testing/portsHost.ts';
import { createTestCli, type Ran } from '../testing.ts';

let host: PortsHost;
let app: Listening;
let inside: Socket[];
let teamId: string;
let token: { id: string; text: string };
let local: number;

beforeEach(async () => {
  host = await startPortsHost();
  inside = [];
  app = await startTcpApp((socket) => {
    inside.push(socket);
    socket.on('data', (bytes) => {
      const said = String(bytes).trim();
      if (said === 'quit') socket.end('goodbye\n');
      else socket.write(`you said ${said}\n`);
    });
  });
  const row = await host.db
    .selectFrom('workspace')
    .selectAll()
    .where('id', '=', 'ws_1')
    .executeTakeFirstOrThrow();
  teamId = row.team_id;
  token = await giveToken(row.owner_id);
  local = await unusedPort();
});
afterEach(async () => {
  await host.close();
  await app.close();
});

const giveToken = (userId: string) =>
  issueToken(host.db, host.clock, { kind: 'api', userId, teamId, lifetimeMs: 86_400_000 });

function forward(ports: string[], options: { signal?: AbortSignal; token?: string } = {}): Promise<Ran> {
  const { culvert } = createTestCli(host.app, {
    CULVERT_SERVER: `http://127.0.0.1:${host.port}`,
    CULVERT_TOKEN: options.token ?? token.text,
    CULVERT_WORKSPACE: 'ws_1',
  });
  const { signal } = options;
  return culvert(['ports', 'forward', ...ports], { fetch, ...(signal ? { signal } : {}) });
}

/** A connection to the port here, once something listens on it. */
const dial = () =>
  eventually(async () => {
    const socket = connect({ port: local, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    return socket;
  });

const answerTo = async (socket: Socket, line: string): Promise<string> => {
  socket.write(`${line}\n`);
  return String((await once(socket, 'data'))[0]);
};

const closeOf = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

/** Runs the command meanwhile, and ends it as Ctrl-C does. */
async function whileForwarding(ports: string[], act: () => Promise<void>): Promise<Ran> {
  const interrupt = new AbortController();
  const running = forward(ports, { signal: interrupt.signal });
  await act();
  interrupt.abort(new Error('Interrupted.'));
  return await running;
}

describe('culvert ports forward', () => {
  test('carries a protocol of any kind, over several connections at once', async () => {
    const ran = await whileForwarding([`${app.port}:${local}`], async () => {
      const [one, two] = [await dial(), await dial()];
      expect(await answerTo(one, 'hello')).toBe('you said hello\n');
      expect(await answerTo(two, 'there')).toBe('you said there\n');
      expect(await answerTo(one, 'again')).toBe('you said again\n');
    });
    expect(ran.stdout).toBe(`127.0.0.1:${local} leads to port ${app.port} of ws_1\n`);
  });

  test('forwards the owner’s port first where it isn’t yet, privately, and says so', async () => {
    const ran = await whileForwarding([`${app.port}:${local}`], async () => void (await dial()));
    expect(ran.stderr).toContain(`Port ${app.port} of ws_1 is forwarded now, privately.`);
    const port = await host.db.selectFrom('port').selectAll().executeTakeFirstOrThrow();
    expect(port).toMatchObject({ number: app.port, visibility: 'private', forwarded: 1 });
  });

  test('passes on the end of the program there, after its last words', async () => {
    await whileForwarding([`${app.port}:${local}`], async () => {
      const socket = await dial();
      socket.end('quit\n');
      expect(await text(socket)).toBe('goodbye\n');
    });
  });

  test('gives a program that has said all it had to say the answer all the same', async () => {
    await whileForwarding([`${app.port}:${local}`], async () => {
      const socket = await dial();
      socket.end('hello\n');
      expect(String((await once(socket, 'data'))[0])).toBe('you said hello\n');
      socket.destroy();
    });
  });

  test('listens no more, and ends what is open, once it is interrupted', async () => {
    const ran = await whileForwarding([`${app.port}:${local}`], async () => {
      const socket = await dial();
      await answerTo(socket, 'hello');
    });
    expect(ran.exit).toBe(130);
    await eventually(() => expect(inside[0]?.destroyed).toBe(true));
    const late = connect(local, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  test('says once why nothing answers, and goes on listening', async () => {
    const nothing = await unusedPort();
    const ran = await whileForwarding([`${nothing}:${local}`], async () => {
      for (let n = 0; n < 2; n += 1) await closeOf((await dial()).resume());
    });
    expect(ran.stderr.split('\n').filter((line) => line.includes('Nothing is listening'))).toHaveLength(1);
    expect(ran.exit).toBe(130);
  });

  test('ends with what is open when the token is revoked, and says so', async () => {
    const running = forward([`${app.port}:${local}`]);
    const socket = await dial();
    await answerTo(socket, 'hello');
    const closed = closeOf(socket);
    await host.db
      .updateTable('token')
      .set({ revoked_at: new Date(host.clock.now()).toISOString() })
      .where('id', '=', token.id)
      .execute();
    host.clock.advance(400);
    await closed;
    expect(await running).toMatchObject({
      exit: 5,
      stderr: expect.stringContaining(`You may not reach port ${app.port} of ws_1 any more.`),
    });
    await eventually(() => expect(inside[0]?.destroyed).toBe(true));
  });

  test('ends with the next connection where access ended while none was open', async () => {
    const running = forward([`${app.port}:${local}`]);
    const socket = await dial();
    await answerTo(socket, 'hello');
    socket.end('quit\n');
    await closeOf(socket.resume());
    await host.db.updateTable('port').set({ forwarded: 0 }).execute();
    await dial();
    expect((await running).exit).toBe(5);
  });

  test('refuses a port that isn’t shared with whoever asks, as one that isn’t there', async () => {
    const bob = await host.member('Bob', teamId);
    const { text: bobs } = await giveToken(bob.id);
    expect(await forward([`${app.port}:${local}`], { token: bobs })).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining(`Port ${app.port} of ws_1 isn’t shared with you, or isn’t there.`),
    });
  });

  test('says which port is taken on this machine, and how to choose another', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(local, '127.0.0.1', resolve));
    const ran = await forward([`${app.port}:${local}`]);
    taken.close();
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain(`Another program listens on 127.0.0.1:${local}.`);
    expect(ran.stderr).toContain('Choose another port here: culvert ports forward');
  });

  test.each(['http', '0', '70000', '3000:70000', '3000:4000:5000', '3000:'])(
    'takes %s for no port',
    async (written) => {
      expect((await forward([written])).exit).toBe(2);
    },
  );
});
