import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { databaseFile } from './dataFolder.ts';
import { SettingsError } from './settings.ts';

/**
 * Writes a consistent copy of a data folder’s database to `target`, also while a server runs on it. The copy is its
 * owner’s alone, whole or not there at all, and holds no pre-shared key in the clear: the secret key is not part of it.
 */
export function backUp(folder: string, target: string): void {
  const source = databaseFile(folder);
  if (!existsSync(source)) throw new SettingsError(`There is no database in ${folder}.`);
  if (existsSync(target)) throw new SettingsError(`${target} exists already. Choose another file.`);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  // VACUUM INTO takes an empty file as it is, with its permissions.
  closeSync(openSync(unfinished, 'wx', 0o600));
  const sqlite = new SQLite(source, { readonly: true });
  try {
    sqlite.prepare('vacuum into ?').run(unfinished);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    sqlite.close();
  }
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, target);
}
