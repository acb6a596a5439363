import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify } from './ipsec/processIdentity.ts';
import { openState } from './state.ts';
import { lockState } from './stateLock.ts';
import { exampleVpn } from './testing/exampleVpn.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'agent-state-'));
  folder = join(parent, 'state');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

test('folder and files are for their owner only', async () => {
  const state = await openState(folder, 'culv_join_a');
  await state.storeDesired({ vpns: [exampleVpn()], changes: [] });
  expect(await modeOf(folder)).toBe('700');
  const files = await readdir(folder);
  expect(files.toSorted()).toEqual(['desired.json', 'identity.json', 'token.json']);
  for (const file of files) expect(await modeOf(join(folder, file))).toBe('600');
});

test('the identity is made once', async () => {
  const first = await openState(folder, 'culv_join_a');
  const second = await openState(folder, 'culv_join_a');
  expect(second.identity).toEqual(first.identity);
  expect(first.identity.secret).toHaveLength(64);
});

test('a damaged identity is refused, with both ways out', async () => {
  await openState(folder, null);
  await writeFile(join(folder, 'identity.json'), '{"key":"short"}');
  await expect(openState(folder, null)).rejects.toThrow(
    /identity\.json is damaged.*Restore the file, or delete it/,
  );
});

test('the desired state comes back as it was stored, the last one asked for', async () => {
  const state = await openState(folder, null);
  const vpns = [exampleVpn({ revision: 2 })];
  const change = { vpnId: exampleVpn().id, previous: exampleVpn(), limitMs: 60_000, check: null };
  const last = { vpns, changes: [change] };
  await Promise.all([state.storeDesired({ vpns: [], changes: [] }), state.storeDesired(last)]);
  const next = await openState(folder, null);
  expect(next.desired).toEqual(last);
  expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('draft'));
});

test('what an older agent stored is understood', async () => {
  await openState(folder, null);
  await writeFile(join(folder, 'desired.json'), JSON.stringify({ vpns: [exampleVpn()] }));
  expect((await openState(folder, null)).desired).toEqual({ vpns: [exampleVpn()], changes: [] });
});

test.each(['', '{"vpns":[{"id"', '{"vpns":[{"id":"vpn_1"}]}'])(
  'a damaged desired state (%j) is said and left to the server',
  async (text) => {
    await openState(folder, null);
    await writeFile(join(folder, 'desired.json'), text);
    const state = await openState(folder, null);
    expect(state.desired).toBeNull();
    expect(state.desiredProblem).toMatch(/desired\.json is damaged/);
  },
);

test('what cannot be written leaves the old content', async () => {
  const state = await openState(folder, null);
  await state.storeDesired({ vpns: [exampleVpn()], changes: [] });
  const before = await readFile(join(folder, 'desired.json'), 'utf8');
  await mkdir(join(folder, `.desired.json.${process.pid}.draft`, 'in the way'), { recursive: true });
  await expect(state.storeDesired({ vpns: [], changes: [] })).rejects.toThrow();
  expect(await readFile(join(folder, 'desired.json'), 'utf8')).toBe(before);
});

describe('which token counts', () => {
  test('none was ever given', async () => {
    expect((await openState(folder, null)).token()).toBeNull();
  });

  test('the rotated one, when started with the same as before', async () => {
    const state = await openState(folder, 'culv_join_first');
    await state.storeToken('culv_join_rotated');
    expect(state.token()).toBe('culv_join_rotated');
    expect((await openState(folder, 'culv_join_first')).token()).toBe('culv_join_rotated');
  });

  test('the rotated one, also when a start without a token lay between', async () => {
    await openState(folder, 'culv_join_first');
    await (await openState(folder, null)).storeToken('culv_join_rotated');
    expect((await openState(folder, 'culv_join_first')).token()).toBe('culv_join_rotated');
  });

  test('a new one given by hand', async () => {
    await (await openState(folder, 'culv_join_first')).storeToken('culv_join_rotated');
    expect((await openState(folder, 'culv_join_second')).token()).toBe('culv_join_second');
    expect((await openState(folder, null)).token()).toBe('culv_join_second');
  });

  test('a damaged file needs a new one', async () => {
    await openState(folder, 'culv_join_first');
    await writeFile(join(folder, 'token.json'), 'x');
    await expect(openState(folder, null)).rejects.toThrow(/token\.json is damaged/);
    expect((await openState(folder, 'culv_join_second')).token()).toBe('culv_join_second');
  });
});

test('removing deletes what the agent wrote and nothing else', async () => {
  const state = await openState(folder, 'culv_join_a');
  await state.storeDesired({ vpns: [], changes: [] });
  await writeFile(join(folder, 'not-ours'), '');
  await state.remove();
  expect(await readdir(folder)).toEqual(['not-ours']);
  await rm(join(folder, 'not-ours'));
  await (await openState(folder, null)).remove();
  expect(await readdir(parent)).toEqual([]);
});

describe('one agent per folder', () => {
  test('a second one is refused until the first gives it free', async () => {
    await openState(folder, null);
    const unlock = await lockState(folder);
    await expect(lockState(folder)).rejects.toThrow(`process ${process.pid}, already uses`);
    await unlock();
    await (
      await lockState(folder)
    )();
  });

  test('with replace the other one is ended', async () => {
    const other = spawn('sleep', ['60']);
    const exited = once(other, 'exit');
    const identity = identify(other.pid ?? 0);
    await openState(folder, null);
    await writeFile(join(folder, 'agent.pid'), `${identity?.pid} ${identity?.startTime}\n`);
    const unlock = await lockState(folder, { replace: true });
    expect(await exited).toEqual([null, 'SIGKILL']);
    await unlock();
  });

  test('a killed agent holds nobody up, nor does a stranger with its process id', async () => {
    await openState(folder, null);
    const startTimes = new Map([
      [4_000_001, '77'],
      [process.pid, '99'],
    ]);
    const find = (pid: number) => {
      const startTime = startTimes.get(pid);
      return startTime === undefined ? null : { pid, startTime };
    };
    await writeFile(join(folder, 'agent.pid'), '4000000 55\n');
    await (
      await lockState(folder, { find })
    )();
    await writeFile(join(folder, 'agent.pid'), '4000001 55\n');
    await (
      await lockState(folder, { find })
    )();
    await writeFile(join(folder, 'agent.pid'), '4000001 77\n');
    await expect(lockState(folder, { find })).rejects.toThrow('process 4000001');
  });
});
