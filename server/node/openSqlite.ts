import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from '../db/schema.ts';

/** Milliseconds that a write waits for another process (a backup, sqlite3 on the command line) before it fails. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the database file, or a new one in memory for `:memory:`. better-sqlite3 is built so that a reopened WAL file
 * runs with synchronous=NORMAL, which loses the last commits with the power: FULL is asked for at every open.
 */
export function openSqlite(file: string): Kysely<Database> {
  const sqlite = new SQLite(file, { timeout: BUSY_TIMEOUT_MS });
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
}
