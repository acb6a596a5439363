import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentClose } from '../../contract/agentConnection.ts';
import { agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import { createLog } from '../log.ts';
import { removeAgent } from '../removeAgent.ts';
import { systemClock } from '../ipsec/clock.ts';
import { createFakeIpsec } from '../testing/fakeIpsec.ts';
import { createQueue } from '../testing/queue.ts';
import type { Queue } from '../testing/queue.ts';
import { createAgentGround, joinToken } from '../testing/startedAgent.ts';
import type { AgentGround } from '../testing/startedAgent.ts';
import { readGiven } from './givenSecrets.ts';

let ground: AgentGround;
let folder: string;
let said: Queue<string>;
let lines: string[];
beforeEach(async () => {
  ground = await createAgentGround();
  folder = join(ground.folder, 'secrets');
  said = createQueue();
  lines = [];
});
afterEach(() => ground.close());

const odd = 'two\nlines\r\n\'single\' "double" $HOME `id` \\ ü🔑 ';
const given = {
  version: 'v1',
  items: [
    { name: 'DATABASE_URL', value: odd, delivery: 'environment' as const },
    { name: 'CERTIFICATE', value: `-----BEGIN\n${odd}`, delivery: 'file' as const },
  ],
};

const log = createLog((line) => {
  lines.push(line);
  said.put(line);
});
const start = (change: { boot?: string } = {}) => ground.start({ log, ...change });
const until = async (message: string): Promise<void> => {
  while (!(await said.next()).includes(message));
};
const there = () => until('The secrets of this replica are there.');
const read = (name: string) => readFile(join(folder, name), 'utf8');
const missing = async (path = folder) =>
  await stat(path).then(
    () => false,
    () => true,
  );

describe('at its first start', () => {
  test('a replica asks with its token, key and secret, and keeps what it is given for its owner alone', async () => {
    ground.server.giveSecrets(given);
    await start();
    await ground.joined();
    expect(await ground.server.asked()).toMatchObject({
      authorization: `Bearer ${joinToken}`,
      [agentSecretsHeaders.key]: expect.stringMatching(/^[0-9a-f]{32}$/),
      [agentSecretsHeaders.secret]: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await there();
    expect(JSON.parse(await read('secrets.json'))).toEqual({
      items: [
        given.items[0],
        { name: 'CERTIFICATE', value: `${folder}/files/CERTIFICATE`, delivery: 'file' },
      ],
    });
    expect(await read('files/CERTIFICATE')).toBe(`-----BEGIN\n${odd}`);
    const modes = await Promise.all(
      ['', 'files', 'files/CERTIFICATE', 'secrets.json', 'environment.sh'].map(async (name) =>
        ((await stat(join(folder, name))).mode & 0o777).toString(8),
      ),
    );
    expect(modes).toEqual(['700', '700', '600', '600', '600']);
    expect(await readdir(ground.folder)).not.toContainEqual(expect.stringMatching(/draft/));
  });

  test('whoever owns the working folder gets them', async () => {
    spawnSync('chown', ['1234:1235', ground.folder]);
    const { uid, gid } = await stat(ground.folder);
    ground.server.giveSecrets(given);
    await start();
    await ground.joined();
    await there();
    for (const name of ['', 'files', 'files/CERTIFICATE', 'secrets.json']) {
      expect(await stat(join(folder, name))).toMatchObject({ uid, gid });
    }
  });

  test('the server is told that they are there once they are', async () => {
    ground.server.giveSecrets(given);
    await start();
    await ground.joined();
    expect(await ground.server.told()).toMatchObject({
      authorization: `Bearer ${joinToken}`,
      [agentSecretsHeaders.key]: expect.stringMatching(/^[0-9a-f]{32}$/),
      [agentSecretsHeaders.secret]: expect.stringMatching(/^[0-9a-f]{64}$/),
      [agentSecretsHeaders.version]: 'v1',
    });
    expect(await read('files/CERTIFICATE')).toContain(odd);
  });

  test('none of them is in the log', async () => {
    ground.server.giveSecrets(given);
    await start();
    await ground.joined();
    await there();
    expect(lines.join('')).not.toMatch(/single|BEGIN/);
  });
});

describe('once they are there', () => {
  beforeEach(async () => {
    ground.server.giveSecrets(given);
    const agent = await start({ boot: 'first' });
    await ground.joined();
    await there();
    await ground.stop(agent);
    ground.server.giveSecrets({ version: 'v2', items: [] });
  });

  test('they outlive the agent, and the next one of this run doesn’t ask again', async () => {
    await start({ boot: 'first' });
    const dialled = await ground.joined();
    // A round trip, in which it could have asked.
    dialled.send({ type: 'open', stream: 'x', port: 1 });
    await dialled.nextOf('stream-refused');
    expect(await read('files/CERTIFICATE')).toContain(odd);
  });

  test('the next run of the replica gets what there is then, and nothing of before', async () => {
    await start({ boot: 'second' });
    await ground.joined();
    await there();
    expect(JSON.parse(await read('secrets.json'))).toEqual({ items: [] });
    expect(await readdir(join(folder, 'files'))).toEqual([]);
  });

  test('they are asked for again when somebody deleted them', async () => {
    await rm(folder, { recursive: true });
    await start({ boot: 'first' });
    await ground.joined();
    await there();
    expect(await readdir(folder)).toEqual(['environment.sh', 'files', 'secrets.json']);
  });

  test.each([
    ['its token is revoked', agentClose.revoked],
    ['the replica is removed', agentClose.removed],
  ])('they go when %s', async (_why, code) => {
    const agent = await start({ boot: 'first' });
    const dialled = await ground.joined();
    dialled.socket.close(code);
    await agent.dismissed;
    expect(await missing()).toBe(true);
  });

  test('they go with the agent when it is uninstalled', async () => {
    const stateDir = join(ground.folder, 'state');
    await removeAgent({ stateDir, log, clock: systemClock, createIpsec: createFakeIpsec().create });
    expect([await missing(), await missing(stateDir)]).toEqual([true, true]);
  });

  test('another agent’s in the same place stay when this one goes', async () => {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await writeFile(join(folder, 'secrets.json'), '{}');
    const stateDir = join(ground.folder, 'state');
    await removeAgent({ stateDir, log, clock: systemClock, createIpsec: createFakeIpsec().create });
    expect(await readdir(folder)).toEqual(['secrets.json']);
  });

  test('removing them follows no link that their owner put there', async () => {
    const outside = join(ground.folder, 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'kept'), '');
    await symlink(outside, join(folder, 'link'));
    await symlink(join(outside, 'kept'), join(folder, 'files', 'link'));
    const stateDir = join(ground.folder, 'state');
    await removeAgent({ stateDir, log, clock: systemClock, createIpsec: createFakeIpsec().create });
    expect(await missing()).toBe(true);
    expect(await readdir(outside)).toEqual(['kept']);
  });
});

describe('what goes wrong', () => {
  test('where they go: the server isn’t told that they are there until they are', async () => {
    await writeFile(folder, 'in the way');
    ground.server.giveSecrets(given);
    let isTold = false;
    const told = ground.server.told().then(() => (isTold = true));
    await start();
    await ground.joined();
    await until('can’t be had');
    await ground.server.asked();
    await ground.server.asked();
    expect(isTold).toBe(false);
    await rm(folder);
    await there();
    await told;
  });

  test('when the server is told is tried again, by the next agent too, without asking for them once more', async () => {
    ground.server.giveSecrets(given);
    ground.server.answerTold(503);
    const agent = await start({ boot: 'first' });
    await ground.joined();
    await until('can’t be told');
    await ground.server.told();
    await ground.server.told();
    await ground.stop(agent);
    ground.server.giveSecrets({ version: 'v2', items: [] });
    ground.server.answerTold(204);
    await start({ boot: 'first' });
    await ground.joined();
    await expect.poll(async () => (await readGiven(join(ground.folder, 'state')))?.untold).toBe(null);
    expect(await read('files/CERTIFICATE')).toContain(odd);
  });

  test('is tried again, and said once, without a word of what came', async () => {
    ground.server.giveSecrets({ status: 500, body: 'not for any log' });
    await start();
    await ground.joined();
    await until('can’t be had');
    await ground.server.asked();
    await ground.server.asked();
    ground.server.giveSecrets(given);
    await there();
    expect(lines.filter((line) => line.includes('can’t be had'))).toHaveLength(1);
    expect(lines.join('')).not.toContain('not for any log');
  });

  test.each([
    ['a name that a shell would take for more', { name: 'A;id', value: 'x', delivery: 'environment' }],
    ['a name that leads out of the folder', { name: '../A', value: 'x', delivery: 'file' }],
    ['a name that changes how programs run', { name: 'LD_PRELOAD', value: 'x', delivery: 'environment' }],
    ['a value that ends early', { name: 'A', value: 'a\0b', delivery: 'environment' }],
    ['a way of delivery that there isn’t', { name: 'A', value: 'x', delivery: 'pipe' }],
  ])('is %s: nothing is kept', async (_what, item) => {
    const body = JSON.stringify({ version: 'v1', items: [item] });
    ground.server.giveSecrets({ status: 200, body });
    await start();
    await ground.joined();
    await until('The answer can’t be read.');
    expect(await missing()).toBe(true);
  });

  test('is no answer at all from a server that knows no secrets: nothing is kept, nothing said', async () => {
    await start();
    await ground.joined();
    await ground.server.asked();
    expect(await missing()).toBe(true);
    expect(lines.join('')).not.toContain('can’t be had');
  });
});
