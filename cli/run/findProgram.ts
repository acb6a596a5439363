import { accessSync, constants, openSync, readSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What to start, or why it can't be, with the exit code that shells have for it. */
export type FoundProgram =
  { ok: true; file: string; argv: string[] } | { ok: false; exit: 126 | 127; problem: string };

/**
 * Finds a program as a shell does: a path as it is, anything else in the folders of PATH. A script without a first line that names
 * its interpreter is given to sh, as shells do.
 *
 * @param command the program and its arguments, as they were typed
 */
export function findProgram(command: readonly string[], path: string | undefined): FoundProgram {
  const [name = '', ...args] = command;
  const candidates = name.includes('/')
    ? [name]
    : (path ?? '/usr/local/bin:/usr/bin:/bin').split(':').map((folder) => join(folder || '.', name));
  let exists = false;
  for (const file of name === '' ? [] : candidates) {
    if (!isFile(file)) continue;
    exists = true;
    if (!isExecutable(file)) continue;
    const interpreter = interpreterOf(file);
    if (interpreter === 'sh') return { ok: true, file: '/bin/sh', argv: ['sh', file, ...args] };
    if (interpreter !== null && !isExecutable(interpreter)) {
      return { ok: false, exit: 126, problem: `${name} is to be run by ${interpreter}, which isn’t there.` };
    }
    return { ok: true, file, argv: [name, ...args] };
  }
  return exists
    ? { ok: false, exit: 126, problem: `${name} can’t be run: it isn’t an executable file.` }
    : { ok: false, exit: 127, problem: `There is no program ${name}.` };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Linux reads that much of a script's first line (BINPRM_BUF_SIZE). */
const FIRST_LINE = 256;

/** The program that runs a script; `sh` for one that names none; null for what is no script, or can't be read. */
function interpreterOf(file: string): string | null {
  const bytes = Buffer.alloc(FIRST_LINE);
  let length: number;
  try {
    const fd = openSync(file, 'r');
    length = readSync(fd, bytes, 0, FIRST_LINE, 0);
    closeSync(fd);
  } catch {
    return null;
  }
  const start = bytes.toString('latin1', 0, length);
  if (start.startsWith('\u007fELF')) return null;
  return /^#![ \t]*([^ \t\n]+)/.exec(start)?.[1] ?? 'sh';
}
