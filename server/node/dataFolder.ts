import { chmodSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { SettingsError } from './settings.ts';

export type DataFolder = {
  /** The database file, readable by its owner alone. */
  database: string;
  /** Lets go of the folder. */
  release(): void;
};

/** Where the database of a data folder is. */
export const databaseFile = (folder: string): string => join(folder, 'culvert.db');

/**
 * Makes the folder where it is missing and takes it for this process: a lock that the system releases with the process,
 * however it ends. SettingsError where another server has it.
 */
export function openDataFolder(folder: string): DataFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SettingsError(`CULVERT_DATA: the folder ${folder} can’t be made (${String(error)}).`);
  }
  const lock = new SQLite(privateFile(join(folder, 'lock.db')), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!(error instanceof SQLite.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
    throw new SettingsError(`Another Culvert server is running on the data folder ${folder}. Stop it first.`);
  }
  return { database: privateFile(databaseFile(folder)), release: () => lock.close() };
}

/** The folder's secret key of 32 bytes, made at the first start. Without it the pre-shared keys can't be read. */
export function readSecretKey(folder: string): Uint8Array<ArrayBuffer> {
  const file = join(folder, 'secret.key');
  if (!existsSync(file)) {
    const fresh = crypto.getRandomValues(new Uint8Array(32));
    // `wx`: never writes over a key that has appeared meanwhile.
    writeFileSync(file, `${Buffer.from(fresh).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    return fresh;
  }
  const key = new Uint8Array(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'));
  if (key.length !== 32)
    throw new SettingsError(`${file} does not hold a key of 32 bytes. Restore it from a backup.`);
  return key;
}

/** Makes the file where it is missing, and makes it its owner's alone. */
function privateFile(file: string): string {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  return file;
}
