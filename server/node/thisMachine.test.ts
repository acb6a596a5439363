import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestApp } from '../testing.ts';
import type { TestApp } from '../testing.ts';
import { dismissThisMachine, prepareThisMachine } from './thisMachine.ts';

let data: string;
let context: TestApp;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'this-machine-'));
  context = await createTestApp();
});
afterEach(() => rm(data, { recursive: true, force: true }));

const prepare = () => prepareThisMachine(context.deps, data);

async function withTeam() {
  const team = await context.addTeam();
  const ann = await context.member('Ann', team.id, 'admin');
  return { team, ann };
}

test('nothing is made while nobody has set the server up', async () => {
  expect(await prepare()).toBeNull();
  await withTeam();
  expect(await prepare()).not.toBeNull();
});

test('the first admin gets the workspace, with a join token that the agent reads', async () => {
  const { team, ann } = await withTeam();
  const machine = await prepare();
  expect(machine).toEqual({
    stateDir: join(data, 'this-machine/agent'),
    tokenFile: join(data, 'this-machine/join-token'),
  });
  const workspace = await (await ann.client.get(`${team.path}/workspaces/this-machine`)).json();
  expect(workspace).toMatchObject({ name: 'this-machine', owner: { id: ann.id } });
  expect(await readFile(join(data, 'this-machine/join-token'), 'utf8')).toMatch(/^culv_join_[\w-]{43}\n$/);
  expect((await stat(join(data, 'this-machine/join-token'))).mode & 0o777).toBe(0o600);
});

test('it is made once', async () => {
  const { team, ann } = await withTeam();
  const machine = await prepare();
  const token = await readFile(join(data, 'this-machine/join-token'), 'utf8');
  expect(await prepare()).toEqual(machine);
  expect(await readFile(join(data, 'this-machine/join-token'), 'utf8')).toBe(token);
  const tokens = await (await ann.client.get(`${team.path}/workspaces/this-machine/join-tokens`)).json();
  expect(tokens.items).toHaveLength(1);
});

test('a start that ended halfway is completed', async () => {
  const { team, ann } = await withTeam();
  await prepare();
  await rm(join(data, 'this-machine'), { recursive: true });
  expect(await prepare()).not.toBeNull();
  const workspaces = await (await ann.client.get(`${team.path}/workspaces`)).json();
  expect(workspaces.total).toBe(1);
});

test('a workspace that was deleted is not made again', async () => {
  const { team, ann } = await withTeam();
  await prepare();
  expect((await ann.client.delete(`${team.path}/workspaces/this-machine`)).status).toBe(204);
  expect(await prepare()).toBeNull();
  expect((await (await ann.client.get(`${team.path}/workspaces`)).json()).total).toBe(0);
});

test('an agent that was sent away is not started again', async () => {
  await withTeam();
  await prepare();
  await dismissThisMachine(data);
  expect(await prepare()).toBeNull();
});
