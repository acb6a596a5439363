import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { DatabaseState } from '../deps.ts';

/** Milliseconds that a write waits for another process (a backup, sqlite3 on the command line) before it fails. */
const BUSY_TIMEOUT_MS = 5000;

/** Statements that are kept prepared. The server has a few hundred; lists in them make some more. */
const STATEMENTS_MAX = 500;

/**
 * Opens the database file, or a new one in memory for `:memory:`; a buffer is the copy of one to begin with. better-sqlite3 is built so that a reopened WAL file
 * runs with synchronous=NORMAL, which loses the last commits with the power: FULL is asked for at every open.
 */
export function openSqlite(file: string | Buffer): { db: Kysely<Database>; databaseState: DatabaseState } {
  const sqlite = new SQLite(file, { timeout: BUSY_TIMEOUT_MS });
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: keepPrepared(sqlite) }) });
  return { db, databaseState: stateOf(sqlite) };
}

/**
 * SQLite says exactly whether anything has changed: `data_version` goes up with each commit of other connections,
 * `total_changes()` with each row that this one writes (https://sqlite.org/pragma.html#pragma_data_version). Inside a
 * transaction there is no telling: what it wrote may yet be undone, and what others commit isn’t seen.
 */
function stateOf(sqlite: SQLite.Database): DatabaseState {
  const byOthers = sqlite.prepare('pragma data_version').pluck();
  const byUs = sqlite.prepare('select total_changes()').pluck();
  return () => (sqlite.inTransaction ? null : `${String(byOthers.get())} ${String(byUs.get())}`);
}

/**
 * Prepares each statement once: that takes longer than running it, and each request to a forwarded port runs a few.
 * Those that aren’t about rows (of migrations, transactions) are left alone, and what changes the schema starts anew.
 */
function keepPrepared(sqlite: SQLite.Database): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const found = prepared.get(sql);
      if (found) return found;
      const statement = sqlite.prepare(sql);
      if (/^(?:create|alter|drop)\b/i.test(sql)) prepared.clear();
      if (!/^(?:select|insert|update|delete|with)\b/i.test(sql)) return statement;
      const [oldest] = prepared.keys();
      if (prepared.size === STATEMENTS_MAX && oldest !== undefined) prepared.delete(oldest);
      prepared.set(sql, statement);
      return statement;
    },
    close: () => sqlite.close(),
  };
}
