import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeclaredPorts } from './declaredPorts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const place = '.devcontainer/devcontainer.json';
async function write(text: string, path = place): Promise<void> {
  await mkdir(join(folder, '.devcontainer'), { recursive: true });
  // In one step, as editors do.
  await writeFile(join(folder, 'new'), text);
  await rename(join(folder, 'new'), join(folder, path));
}
const forwarding = (...ports: number[]) => JSON.stringify({ forwardPorts: ports });
const numbers = async (declared: ReturnType<typeof createDeclaredPorts>) =>
  (await declared.look()).ports.map(({ port }) => port);
const nothing = { type: 'declared-ports', ports: [], otherPorts: null, problem: null };

test('a folder without the file declares nothing, and neither does one that isn’t there', async () => {
  expect(await createDeclaredPorts(folder).look()).toEqual(nothing);
  expect(await createDeclaredPorts('/none/such').look()).toEqual(nothing);
});

test('it is seen when it appears, changes and goes', async () => {
  const declared = createDeclaredPorts(folder);
  expect(await numbers(declared)).toEqual([]);
  await write(forwarding(3000));
  expect(await numbers(declared)).toEqual([3000]);
  await write(forwarding(4000));
  expect(await numbers(declared)).toEqual([4000]);
  await rm(join(folder, place));
  expect(await declared.look()).toEqual(nothing);
});

test('.devcontainer.json counts where there is no .devcontainer/devcontainer.json', async () => {
  const declared = createDeclaredPorts(folder);
  await write(forwarding(3000), '.devcontainer.json');
  expect(await numbers(declared)).toEqual([3000]);
  await write(forwarding(4000));
  expect(await numbers(declared)).toEqual([4000]);
});

test('while it is broken the last good declaration stays, with the problem', async () => {
  const declared = createDeclaredPorts(folder);
  await write(forwarding(3000));
  await declared.look();
  await write('{\n  "forwardPorts": [4000');
  const broken = await declared.look();
  expect(broken.ports.map(({ port }) => port)).toEqual([3000]);
  expect(broken.problem).toBe(`${place}, line 2, column 24: a closing bracket is missing.`);
  expect(await declared.look()).toEqual(broken);
  await write(forwarding(5000));
  expect(await declared.look()).toMatchObject({ ports: [{ port: 5000 }], problem: null });
});

test('a problem says nothing of what stands in the file', async () => {
  await write('root:$6$secret:19000:0:99999:7:::\n');
  expect((await createDeclaredPorts(folder).look()).problem).not.toMatch(/root|secret/);
});

test('a file of 256 KB is read, a longer one is not', async () => {
  const declared = createDeclaredPorts(folder);
  const text = forwarding(3000);
  await write(text.padEnd(256 * 1024, ' '));
  expect(await numbers(declared)).toEqual([3000]);
  await write(text.padEnd(256 * 1024 + 1, ' '));
  expect((await declared.look()).problem).toBe(`${place}, which is longer than 256 KB, is not read.`);
});

test.each<[string, (path: string) => unknown]>([
  ['a folder', (path) => mkdir(path)],
  ['a pipe that nobody writes to', (path) => execFileSync('mkfifo', [path])],
  ['a device that never ends', (path) => symlink('/dev/zero', path)],
])('%s is not waited for', async (_what, make) => {
  await mkdir(join(folder, '.devcontainer'));
  await make(join(folder, place));
  expect((await createDeclaredPorts(folder).look()).problem).toBe(
    `${place}, which is not a file, can’t be read.`,
  );
});
