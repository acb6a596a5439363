import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildIfStale } from './freshness.ts';

let folder: string;
let built: number;
const at = (name: string): string => join(folder, name);
const build = (): Promise<boolean> =>
  buildIfStale(
    { sources: [at('src'), at('missing')], output: at('out'), stamp: at('stamps/out') },
    async () => {
      built += 1;
      await writeFile(at('out'), '');
    },
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'freshness-'));
  built = 0;
  await mkdir(at('src/deep'), { recursive: true });
  await writeFile(at('src/deep/a.ts'), '1');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('it builds once, and again when the output is gone', async () => {
  expect([await build(), await build()]).toEqual([true, false]);
  await rm(at('out'));
  expect(await build()).toBe(true);
});

test.each<[string, () => Promise<void>]>([
  ['changed', () => writeFile(at('src/deep/a.ts'), '2')],
  ['added', () => writeFile(at('src/b.ts'), '')],
  ['renamed', () => rename(at('src/deep/a.ts'), at('src/deep/b.ts'))],
  ['deleted', () => rm(at('src/deep/a.ts'))],
])('a source that was %s makes it build', async (_what, change) => {
  await build();
  await change();
  expect([await build(), await build()]).toEqual([true, false]);
});

test('touching a file or changing a test does not', async () => {
  await build();
  await writeFile(at('src/deep/a.ts'), '1');
  await writeFile(at('src/deep/a.test.ts'), '1');
  expect(await build()).toBe(false);
});

test('a build that fails is tried again', async () => {
  const failing = buildIfStale({ sources: [at('src')], output: at('out'), stamp: at('stamps/out') }, () =>
    Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  expect(await build()).toBe(true);
});
