import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Runs `build` unless `output` is there and was built from exactly these sources. What counts is their content, not
 * their age, so that a fresh checkout or a deleted file is noticed too.
 *
 * @param sources files and folders; what doesn't exist is left out
 * @returns whether it was built
 */
export async function buildIfStale(
  options: { sources: readonly string[]; output: string; stamp: string },
  build: () => Promise<void>,
): Promise<boolean> {
  const wanted = await digest(options.sources);
  const built = await readFile(options.stamp, 'utf8').catch(() => null);
  const there = await access(options.output).then(
    () => true,
    () => false,
  );
  if (there && built === wanted) return false;
  await build();
  await mkdir(dirname(options.stamp), { recursive: true });
  await writeFile(options.stamp, wanted);
  return true;
}

async function digest(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of await filesOf(source)) {
      const content = await readFile(path);
      hash.update(`${path}\n${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}

async function filesOf(source: string): Promise<string[]> {
  const stats = await stat(source).catch(() => null);
  if (!stats) return [];
  if (stats.isFile()) return [source];
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'));
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}
