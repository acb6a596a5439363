import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bundleForBrowser, filesHolding, initialScripts } from './bundle.ts';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'culvert-bundle-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

test('the initial scripts are the page’s own, preloaded ones, and what they import statically', async () => {
  const folder = await folderWith({
    'index.html': [
      '<script type="module" crossorigin src="/assets/main.js"></script>',
      '<link rel="modulepreload" crossorigin href="/assets/preloaded.js">',
      '<link rel="stylesheet" href="/assets/main.css">',
    ].join('\n'),
    'assets/main.js':
      'import{a as b}from"./react.js";import"./side.js";const later=()=>import("./later.js");',
    'assets/react.js': 'import{c}from"../shared/base.js";export{c as a}',
    'assets/side.js': 'export * from "./react.js"',
    'assets/preloaded.js': '',
    'assets/later.js': 'x'.repeat(1000),
    'shared/base.js': 'export const c=1',
  });
  const scripts = await initialScripts(folder);
  expect(scripts.map(({ path }) => path).toSorted()).toEqual([
    'assets/main.js',
    'assets/preloaded.js',
    'assets/react.js',
    'assets/side.js',
    'shared/base.js',
  ]);
  expect(scripts.every(({ bytes }) => bytes > 0)).toBe(true);
});

test('words that must not be in a build are found in every file of it', async () => {
  const folder = await folderWith({ 'a.js': 'ok', 'assets/b.js': 'open(sqlite)', 'c.woff2': 'sqlite' });
  expect(await filesHolding(folder, /sqlite|kysely/)).toEqual(['assets/b.js: sqlite']);
});

test('bundling for the browser fails on Node’s modules, also in what is imported', async () => {
  const folder = await folderWith({
    'portable.ts': 'export const now = (): number => Date.now();',
    'entry.ts': "export { read } from './host.ts';",
    'host.ts': "import { readFile } from 'node:fs/promises';\nexport const read = readFile;",
  });
  expect(await bundleForBrowser(join(folder, 'portable.ts'))).toEqual([]);
  const [error] = await bundleForBrowser(join(folder, 'entry.ts'));
  expect(error).toContain('Could not resolve "node:fs/promises"');
});
