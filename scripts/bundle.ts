import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, formatMessages } from 'esbuild';
import { z } from 'zod';

/** What `initialScripts` may add up to, in kB of 1000 bytes: the JavaScript that the first screen waits for. */
export const FIRST_SCREEN_MAX_KB = 190;

/** Only what a page needs before it can show anything counts, so routes that are fetched later don't. */
const staticImport = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;
const entry = /<script\b[^>]*\bsrc="([^"]+\.js)"|<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+\.js)"/g;

/**
 * The scripts that a built page loads before its first screen: those of index.html and, transitively, what they import
 * statically. Paths from the folder, with their size after `gzip -9` in bytes.
 */
export async function initialScripts(folder: string): Promise<{ path: string; bytes: number }[]> {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(entry)].map(([, script, preload]) =>
    (script ?? preload ?? '').replace(/^\//, ''),
  );
  const scripts = new Map<string, number>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (scripts.has(path)) continue;
    const source = await readFile(join(folder, path));
    scripts.set(path, gzipSync(source, { level: 9 }).length);
    for (const [, imported = ''] of source.toString().matchAll(staticImport)) {
      waiting.push(posix.join(posix.dirname(path), imported));
    }
  }
  return [...scripts].map(([path, bytes]) => ({ path, bytes }));
}

/** Files of a build that hold one of the words, as `path: word`. */
export async function filesHolding(folder: string, words: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of entries.filter((item) => item.isFile() && /\.(?:js|css|html|json)$/.test(item.name))) {
    const path = join(file.parentPath, file.name);
    const word = words.exec(await readFile(path, 'utf8'))?.[0];
    if (word !== undefined) found.push(`${posix.relative(folder, path)}: ${word}`);
  }
  return found;
}

const BuildFailure = z.object({ errors: z.array(z.custom<Parameters<typeof formatMessages>[0][number]>()) });

/** Bundles a file for the browser without writing it. Returns the errors, such as imports of Node's modules; empty: none. */
export async function bundleForBrowser(path: string): Promise<string[]> {
  try {
    await build({
      entryPoints: [path],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      target: 'es2024',
      write: false,
      logLevel: 'silent',
    });
    return [];
  } catch (error) {
    const failure = BuildFailure.safeParse(error);
    return failure.success ? formatMessages(failure.data.errors, { kind: 'error' }) : [String(error)];
  }
}
