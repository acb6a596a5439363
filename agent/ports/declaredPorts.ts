import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FromAgent } from '../../contract/agentProtocol.ts';
import { nothingDeclared, readDevcontainer } from './devcontainer.ts';
import type { Declaration } from './devcontainer.ts';

export type DeclaredPorts = Extract<FromAgent, { type: 'declared-ports' }>;

/** Where editors look for it, in this order. */
const places = ['.devcontainer/devcontainer.json', '.devcontainer.json'];
const BYTES_MAX = 256 * 1024;

/**
 * Looks at the devcontainer.json of a folder. It is read again only when it changed. While it can't be read or understood,
 * the last good declaration stays, with the problem beside it.
 */
export function createDeclaredPorts(folder: string): { look(): Promise<DeclaredPorts> } {
  let version = '';
  let declaration: Declaration = nothingDeclared;
  let problem: string | null = null;

  const take = (place: string, read: Awaited<ReturnType<typeof readPlace>>): void => {
    if (read.ok) declaration = read.declaration;
    problem = read.ok ? null : `${place}, ${read.problem}.`;
  };

  return {
    look: async () => {
      const found = await find(folder);
      if (found === null) {
        [version, declaration, problem] = ['', nothingDeclared, null];
      } else if (found.version !== version) {
        version = found.version;
        take(found.place, await readPlace(join(folder, found.place)));
      }
      return { type: 'declared-ports', ...declaration, problem };
    },
  };
}

async function find(folder: string): Promise<{ place: string; version: string } | null> {
  for (const place of places) {
    try {
      const { mtimeMs, ctimeMs, size, ino } = await stat(join(folder, place));
      return { place, version: [place, mtimeMs, ctimeMs, size, ino].join(' ') };
    } catch {
      // Not there, or hidden from this agent: then it isn't there for it.
    }
  }
  return null;
}

type Read = ReturnType<typeof readDevcontainer>;
const unreadable = (problem: string): Read => ({ ok: false, problem });

/**
 * The file is somebody else's: a device would do something when opened, and what was a file a moment ago may be a pipe that
 * never ends.
 */
async function readPlace(path: string): Promise<Read> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return unreadable('which is not a file, can’t be read');
    if (stats.size > BYTES_MAX) {
      return unreadable(`which is longer than ${BYTES_MAX / 1024} KB, is not read`);
    }
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size), 0, stats.size, 0);
    return readDevcontainer(buffer.toString('utf8', 0, bytesRead));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return unreadable(`which is there, can’t be read (${code})`);
  }
}
