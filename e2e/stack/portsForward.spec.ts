import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { CulvertProcess } from '../lab/culvertProcess.ts';
import { joinTeam, SignedIn, type Person } from '../lab/people.ts';
import type { PortsCompany } from '../lab/portsCompany.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';
import { expect, test } from './portFixtures.ts';

/** A second is promised; the rest is for a machine that is busy with the tests themselves. */
const SOON_MS = 1500;

/** Says back whatever it is sent, in a protocol of its own: no HTTP. */
const echo = `
require('node:net')
  .createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('READY\\n');
    socket.pipe(socket);
  })
  .listen(5432, '127.0.0.1', () => console.log('listening'));
`;

async function startEcho(workspace: WorkspaceMachines): Promise<void> {
  const machine = workspace.machine();
  const program = machine.run([process.execPath, '-e', echo], join(machine.folder, 'echo.log'));
  await program.printed('listening');
}

/** `culvert ports forward` as this person runs it, and where each port is on this machine. */
async function forward(
  server: string,
  person: Person,
  workspace: WorkspaceMachines,
  ...ports: number[]
): Promise<{ culvert: CulvertProcess; local: number[] }> {
  const wanted = ports.map((port) => `${port}:0`);
  const culvert = new CulvertProcess(['ports', 'forward', ...wanted], {
    CULVERT_SERVER: server,
    CULVERT_TOKEN: person.token,
    CULVERT_WORKSPACE: workspace.name,
  });
  const local: number[] = [];
  for (const port of ports) {
    const [, found] = await culvert.printed(new RegExp(`127\\.0\\.0\\.1:(\\d+) leads to port ${port} of`));
    local.push(Number(found));
  }
  return { culvert, local };
}

async function greeted(local: number): Promise<Socket> {
  const socket = connect({ port: local, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  const [greeting] = await once(socket, 'data');
  expect(String(greeting)).toBe('READY\n');
  return socket;
}

/** Milliseconds from the act to the end of the connection and of the command. */
async function timeToEnd(socket: Socket, culvert: CulvertProcess, act: () => Promise<unknown>) {
  // Reset, as it may be, it closes all the same.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await act();
  const acted = Date.now();
  await closed;
  const took = Date.now() - acted;
  expect(await culvert.exited).toBe(5);
  expect(culvert.stderr).toContain('You may not reach port 5432');
  return took;
}

test('HTTP and a protocol of its own reach a machine through one command, byte for byte', async ({
  company,
  workspace,
}) => {
  await workspace.app({ port: 3000 });
  await startEcho(workspace);
  const { owner } = company.people;
  const { culvert, local } = await forward(company.server.url, owner, workspace, 3000, 5432);
  expect(culvert.stderr).toContain(`Port 5432 of ${workspace.name} is forwarded now, privately.`);

  const [http = 0, tcp = 0] = local;
  expect(await (await fetch(`http://127.0.0.1:${http}/name`)).text()).toBe('shop');

  const socket = await greeted(tcp);
  const sent = createHash('sha256');
  const received = createHash('sha256');
  const size = 16 * 1024 * 1024;
  let came = 0;
  const all = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      received.update(chunk);
      came += chunk.length;
      if (came === size) resolve();
    });
  });
  for (let at = 0; at < size; at += 65_536) {
    const chunk = Buffer.alloc(65_536, at / 65_536);
    sent.update(chunk);
    if (!socket.write(chunk)) await once(socket, 'drain');
  }
  await all;
  expect(received.digest('hex')).toBe(sent.digest('hex'));
  socket.destroy();

  expect(await culvert.interrupt()).toBe(130);
  const late = connect(tcp, '127.0.0.1');
  await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED');
});

test('a port that is made private ends what a colleague has open within a second, and not the owner’s', async ({
  company,
  workspace,
}) => {
  await startEcho(workspace);
  await workspace.share(5432, 'organization');
  const { owner, colleague } = company.people;
  const theirs = await forward(company.server.url, colleague, workspace, 5432);
  const own = await forward(company.server.url, owner, workspace, 5432);
  const [theirSocket, ownSocket] = [await greeted(theirs.local[0] ?? 0), await greeted(own.local[0] ?? 0)];

  const tighten = () => workspace.change(5432, { visibility: 'private' });
  expect(await timeToEnd(theirSocket, theirs.culvert, tighten)).toBeLessThanOrEqual(SOON_MS);
  ownSocket.write('still here');
  expect(String((await once(ownSocket, 'data'))[0])).toBe('still here');
  ownSocket.destroy();
  await own.culvert.interrupt();
});

for (const [what, act] of [
  [
    'a revoked API token',
    async ({ people, team }: PortsCompany, visitor: Person) => {
      const list = `${team}/api-tokens?member=${visitor.id}`;
      const { items } = await people.admin.api.get<{ items: { id: string }[] }>(list);
      await people.admin.api.delete(`${team}/api-tokens/${items[0]?.id ?? ''}`);
    },
  ],
  [
    'leaving the team',
    async ({ people, team }: PortsCompany, visitor: Person) => {
      await people.admin.api.delete(`${team}/members/${visitor.id}`);
    },
  ],
] as const) {
  test(`${what} ends what is open within a second, at a public port too`, async ({ company, workspace }) => {
    await startEcho(workspace);
    await workspace.share(5432, 'public');
    const { email, password } = company.people.admin;
    const admin = await SignedIn.by(company.server, '/session', { email, password });
    const visitor = await joinTeam(company.server, admin, company.team, `Vera-${what.length}`);
    const { culvert, local } = await forward(company.server.url, visitor, workspace, 5432);
    const socket = await greeted(local[0] ?? 0);
    const took = await timeToEnd(socket, culvert, () => act(company, visitor));
    expect(took).toBeLessThanOrEqual(SOON_MS);
  });
}
